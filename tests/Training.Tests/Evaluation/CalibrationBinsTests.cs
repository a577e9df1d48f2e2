using FashionSweep.Training.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Training.Tests.Evaluation;

public sealed class CalibrationBinsTests
{
    [Fact]
    public void TheErrorIsTheMeanDistanceOfTheBinsWeightedByTheirPredictions()
    {
        // In the bin up to 14/15: 0.9 + 0.9 + 0.9 against 2 right; in the last one: 0.99 against 1; in the one up to 6/15: 0.4 against 0.
        var error = ErrorOf((0.9, true), (0.9, true), (0.9, false), (0.99, true), (0.4, false));

        error.ShouldBe(((2.7 - 2) + (1 - 0.99) + 0.4) / 5, 1e-12);
    }

    [Fact]
    public void ABinHasItsUpperBoundAndNotItsLower()
    {
        // 1/3 is the upper bound of the fifth bin: with 0.3 it shares one, with 0.35 it doesn't.
        ErrorOf((1.0 / 3, true), (0.3, false)).ShouldBe((1 - (1.0 / 3) - 0.3) / 2, 1e-12);
        ErrorOf((1.0 / 3, true), (0.35, false)).ShouldBe((1 - (1.0 / 3) + 0.35) / 2, 1e-12);
    }

    [Fact]
    public void CertaintyThatIsRightHasNoErrorAndCertaintyThatIsWrongHasAll()
    {
        ErrorOf((1, true), (1, true)).ShouldBe(0);
        ErrorOf((1, false)).ShouldBe(1);
        ErrorOf().ShouldBe(0);
    }

    [Fact]
    public void TheErrorIsAtLeastHowFarMeanConfidenceIsFromAccuracyAndAtMostOne()
    {
        var prediction = from confidence in Gen.Choose(0, 1_000_000) from correct in Gen.Elements(true, false) select (confidence / 1e6, correct);
        Prop.ForAll(prediction.NonEmptyListOf().ToArbitrary(), predictions =>
        {
            var gap = Math.Abs(predictions.Average(one => one.Item1) - predictions.Average(one => one.correct ? 1.0 : 0));
            return ErrorOf([.. predictions]) is var error && error >= gap - 1e-12 && error <= 1;
        }).QuickCheckThrowOnFailure();
    }

    private static double ErrorOf(params (double Confidence, bool Correct)[] predictions)
    {
        var bins = new CalibrationBins();
        foreach (var (confidence, correct) in predictions) bins.Add(confidence, correct);
        return bins.ExpectedError;
    }
}
