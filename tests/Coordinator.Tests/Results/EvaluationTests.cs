using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class EvaluationTests
{
    private static readonly Score Recorded = new(0.3, 0.9);
    private static readonly ClassificationReport Report = new(new ConfusionMatrix([[9, 1], [1, 9]]), 1, 0.1);

    [Fact]
    public void TheSameBitsAgree() => Evaluated(Recorded, Report).ShouldBe(Agreement.SameBits);

    [Theory]
    [InlineData(0.3, 0.904, Agreement.Close)]
    [InlineData(0.314, 0.9, Agreement.Close)]
    [InlineData(0.3, 0.906, Agreement.Apart)]
    [InlineData(0.316, 0.9, Agreement.Apart)]
    [InlineData(double.NaN, 0.9, Agreement.Apart)]
    public void WhatRoundingExplainsIsCloseAndMoreIsApart(double loss, double accuracy, Agreement agreement) =>
        Evaluated(new Score(loss, accuracy), Report).ShouldBe(agreement);

    [Fact]
    public void TheSameScoreWithAnotherConfusionIsNotTheSameBits() =>
        Evaluated(Recorded, Report with { Confusion = new ConfusionMatrix([[8, 2], [0, 10]]) }).ShouldBe(Agreement.Close);

    [Fact]
    public void WithoutARecordedReportTheScoreDecides() => Evaluation.Of("validation", Recorded, Report, Recorded, null).Agreement.ShouldBe(Agreement.SameBits);

    [Fact]
    public void WithoutARecordThereIsNothingToAgreeWith()
    {
        var evaluation = Evaluation.Of("train", Recorded, Report, null, null);

        (evaluation.Agreement, evaluation.Compared).ShouldBe((null, null));
    }

    [Fact]
    public void OnlyWhatDecidesTheBitsIsAChangeOfTheEnvironment()
    {
        var then = new TrialEnvironment("managed Vector512", "fp32", "FashionSweep 0.1.0", "a processor", ".NET 10", "an OS", "a host");

        EnvironmentChange.Between(then, then with { Host = "another", Runtime = ".NET 11", Precision = "bf16" })
            .ShouldBe([new EnvironmentChange("precision", "fp32", "bf16")]);
    }

    private static Agreement? Evaluated(Score score, ClassificationReport report) => Evaluation.Of("test", score, report, Recorded, Report).Agreement;
}
