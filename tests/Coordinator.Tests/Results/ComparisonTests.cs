using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class ComparisonTests
{
    private static readonly Score Good = new(0.25, 0.9);
    private static readonly Score NextDouble = new(Math.BitIncrement(0.25), 0.9);

    [Fact]
    public void TwoEqualRunsHaveTheSameBits() =>
        Comparison.Of(Result("aa"), Epochs(Good, Good), Result("aa"), Epochs(Good, Good)).SameBits.ShouldBeTrue();

    [Fact]
    public void TimesAndHostsAreNoDifference()
    {
        var elsewhere = Result("aa") with { Seconds = 99, Environment = Result("aa").Environment with { Host = "elsewhere" } };

        Comparison.Of(Result("aa"), Epochs(Good), elsewhere, Epochs(Good)).SameBits.ShouldBeTrue();
    }

    [Fact]
    public void OtherWeightsAreADifference() =>
        Parts(Comparison.Of(Result("aa"), Epochs(Good), Result("bb"), Epochs(Good))).ShouldBe(["weights"]);

    [Fact]
    public void TheLastBitOfALossIsADifferenceFromItsEpochOn()
    {
        var compared = Comparison.Of(Result("aa"), Epochs(Good, Good), Result("aa"), Epochs(Good, NextDouble));

        compared.Parts.Single(part => part.Difference is not null).Difference.ShouldNotBeNull().ShouldStartWith("from epoch 2 on");
    }

    [Fact]
    public void LossesThatAreBothNotANumberAreAlike()
    {
        var diverging = new Score(double.NaN, 0.1);

        Comparison.Of(Result("aa"), Epochs(diverging), Result("aa"), Epochs(diverging)).SameBits.ShouldBeTrue();
    }

    [Fact]
    public void ATestScoreIsSaidWithItsDistance()
    {
        var compared = Comparison.Of(Result("aa"), Epochs(Good), Result("aa") with { Test = new Score(0.25, 0.9012) }, Epochs(Good));

        compared.Parts.Single(part => part.Difference is not null).Difference.ShouldBe("accuracy off by +0.0012, loss off by 0");
    }

    [Fact]
    public void AnImageTakenForAnotherClassIsADifference()
    {
        var compared = Comparison.Of(WithReport([[9, 1], [0, 10]]), Epochs(Good), WithReport([[8, 2], [0, 10]]), Epochs(Good));

        compared.Parts.Single(part => part.Difference is not null).ShouldBe(
            new ComparedPart("confusion", "18 of 20 images right", "at least 1 taken for another class than recorded"));
        Comparison.Of(WithReport([[9, 1], [0, 10]]), Epochs(Good), WithReport([[9, 1], [0, 10]]), Epochs(Good)).SameBits.ShouldBeTrue();
    }

    [Fact]
    public void ARecordWithoutAReportIsComparedWithoutOne()
    {
        var compared = Comparison.Of(Result("aa"), Epochs(Good), WithReport([[8, 2], [0, 10]]), Epochs(Good));

        compared.SameBits.ShouldBeTrue();
        compared.Parts.ShouldNotContain(part => part.Name == "confusion");
    }

    private static TrialResult WithReport(int[][] confusion) =>
        Result("aa") with { TestReport = new ClassificationReport(new ConfusionMatrix(confusion), 1, 0) };

    private static IEnumerable<string> Parts(Comparison compared) => compared.Parts.Where(part => part.Difference is not null).Select(part => part.Name);

    private static EpochReport[] Epochs(params Score[] validation) => [.. validation.Select((score, index) => new EpochReport(index + 1, Good, score, 1))];

    private static TrialResult Result(string weights) =>
        new(
            1, 2, Good, Good, Good, 100, weights, 1.5, new Checkpoint("cc", 400),
            new TrialEnvironment("managed Vector512", "fp32", "0.1.0", "a processor", ".NET", "Linux", "here"));
}
