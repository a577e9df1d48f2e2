using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class FitTests
{
    [Theory]
    [InlineData(0.96, 0.88, FitVerdict.Overfits, "It overfits: it knows its training images 8.0 points better than others, of which chance explains ")]
    [InlineData(0.91, 0.88, FitVerdict.OverfitsSlightly, "It overfits slightly: it knows its training images 3.0 points better")]
    [InlineData(0.885, 0.88, FitVerdict.Fits, "It does not overfit")]
    public void TheVerdictRestsOnTrainingAgainstValidation(double train, double validation, FitVerdict verdict, string words)
    {
        var fit = Fit.Of(new Share(train, 6000), new Share(validation, 6000), new Share(0.875, 10_000), Epochs(0.5, 0.4, 0.41));

        fit.Verdict.ShouldBe(verdict);
        fit.Findings[0].ShouldStartWith(words);
    }

    [Fact]
    public void WhoIsNoBetterOnWhatItLearnedAndStillLearnsUnderfits()
    {
        var fit = Fit.Of(new Share(0.8, 6000), new Share(0.8, 6000), new Share(0.8, 10_000), Epochs(0.9, 0.7, 0.6));

        fit.Verdict.ShouldBe(FitVerdict.Underfits);
        fit.Findings[1].ShouldBe("Validation loss was at its lowest, 0.6000, after its last epoch, 3: longer training may help.");
    }

    [Fact]
    public void TheCurvesSayWhereItBegan() =>
        Fit.Of(new Share(0.96, 6000), new Share(0.88, 6000), new Share(0.88, 10_000), Epochs(0.5, 0.4, 0.45, 0.5)).Findings[1].ShouldBe(
            "Validation loss was lowest after epoch 2, 0.4000, and 0.5000 after epoch 4, "
            + "while training loss fell on from 0.5000 to 0.2500: there it began to overfit.");

    [Fact]
    public void TheTestSetIsHeldAgainstValidationWithWhatChanceMakes()
    {
        OfTest(validation: 0.89, test: 0.885).ShouldBe(
            "Test accuracy is within chance of validation accuracy: 0.5 points apart, where chance makes 1.0 points.");
        OfTest(validation: 0.90, test: 0.88).ShouldStartWith("Test accuracy is 2.0 points below validation accuracy, more than the 1.0 points of chance: ");
        OfTest(validation: 0.88, test: 0.90).ShouldBe("Test accuracy is 2.0 points above validation accuracy, more than the 1.0 points of chance.");
    }

    [Fact]
    public void OneEpochHasNoCurve() => Fit.Of(new Share(0.8, 6000), new Share(0.8, 6000), new Share(0.8, 10_000), Epochs(0.9)).Findings.Count.ShouldBe(2);

    private static string OfTest(double validation, double test) =>
        Fit.Of(new Share(0.9, 6000), new Share(validation, 6000), new Share(test, 10_000), Epochs(0.5, 0.4)).Findings[^1];

    private static List<EpochReport> Epochs(params double[] losses) =>
        [.. losses.Select((loss, i) => new EpochReport(i + 1, new Score(1.0 / (i + 1), 0.9), new Score(loss, 0.8), 1))];
}
