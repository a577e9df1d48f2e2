using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>What a node reports and can't be true becomes no result, and a node that goes on so gets no more.</summary>
public sealed class ImpossibleReportTests
{
    private const long Weights = 109_386;

    private static readonly TrialResult Right = Samples.Result(epochs: 3, bestEpoch: 2);
    private static readonly ReportRules Rules = new(_ => Weights);

    private static readonly TrialSpec Spec = new(
        new TrialId("quick", 1), ParameterSet.Empty.With([new("epochs", 3L), new("validation_fraction", 0.1)]), Objective.Default);

    public static TheoryData<string, TrialResult> Impossible => new()
    {
        { "accuracy of 5", Right with { Validation = new Score(0.5, 5.0) } },
        { "accuracy of -0.1", Right with { Test = new Score(0.5, -0.1) } },
        { "accuracy of NaN", Right with { Train = new Score(0.5, double.NaN) } },
        { "loss of -3", Right with { Validation = new Score(-3, 0.5) } },
        { "best epoch 7 of 2147483647", Right with { BestEpoch = 7, Epochs = int.MaxValue } },
        { "best epoch 4 of 4, where the trial has 3", Right with { BestEpoch = 4, Epochs = 4 } },
        { "best epoch 0", Right with { BestEpoch = 0 } },
        { "best epoch 3 of 2", Right with { BestEpoch = 3, Epochs = 2 } },
        { "10 weights, where the model has 109386", Right with { ParameterCount = 10 } },
        { "a checkpoint of 10 bytes", Right with { Checkpoint = new Checkpoint("bb22", 10) } },
        { "top-2 accuracy of 2", Right with { TestReport = Samples.Report with { Top2Accuracy = 2 } } },
        { "calibration error of -1", Right with { TestReport = Samples.Report with { CalibrationError = -1 } } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void AResultThatCanNotBeIsRefusedWithItsFigure(string figure, TrialResult result) =>
        Rules.FindFault(Spec, new TrialOutcome.Completed(result), null)!.ShouldContain($"its node reported what can't be: ", Case.Sensitive, figure);

    [Theory]
    [MemberData(nameof(Impossible))]
    public void TheFaultNamesTheFigure(string figure, TrialResult result) =>
        Rules.FindFault(Spec, new TrialOutcome.Completed(result), null)!.ShouldContain(figure);

    [Fact]
    public void WhatCanBeIsTaken()
    {
        Rules.FindFault(Spec, new TrialOutcome.Completed(Right), TimeSpan.FromSeconds(4)).ShouldBeNull();
        Rules.FindFault(Spec, new TrialOutcome.Completed(Right with { Train = new Score(double.NaN, 0.1) }), null).ShouldBeNull();
        ReportRules.FindFault(Spec, new EpochReport(3, new Score(double.PositiveInfinity, 0), new Score(0, 1), 0.1)).ShouldBeNull();
        Rules.FindFault(Spec, new TrialOutcome.Failed("out of memory"), TimeSpan.Zero).ShouldBeNull();
    }

    [Theory]
    [InlineData(4, 0.5, 0.5)]
    [InlineData(int.MaxValue, 0.5, 0.5)]
    [InlineData(1, -3, 0.5)]
    [InlineData(1, 0.5, 5.0)]
    public void AnEpochThatCanNotBeIsRefused(int epoch, double loss, double accuracy) =>
        ReportRules.FindFault(Spec, new EpochReport(epoch, new Score(0.5, 0.5), new Score(loss, accuracy), 1)).ShouldNotBeNull();

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void ATrialDivergesInAnEpochThatItHas(int epoch) => Rules.FindFault(Spec, new TrialOutcome.Diverged(epoch, 1, "x"), null).ShouldNotBeNull();

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(0.05, true)]
    [InlineData(1.0, false)]
    public void WhatCanNotBeTrainedInThatTimeIsNoResult(double seconds, bool isRefused) =>
        (Rules.FindFault(Spec, new TrialOutcome.Completed(Right), TimeSpan.FromSeconds(seconds)) is not null).ShouldBe(isRefused);

    [Fact]
    public void ANodeThatEndsEachTrialAtOnceGetsThreeOfThem()
    {
        var bench = new SweepBench(170, isStanding: true);
        bench.Join("liar");
        bench.Join("honest");
        for (var said = 0; said < 20; said++)
            if (Of(bench, "liar") is { } lease) bench.Finish(lease, new TrialOutcome.Completed(Right with { Validation = new Score(0, 5) }));
        bench.Events.OfType<SweepEvent.AttemptEnded>().Count(ended => ended.Lease.Node.Name == "liar").ShouldBe(3);
        bench.Events.OfType<SweepEvent.TrialFinished>().ShouldBeEmpty();
        bench.Events.OfType<SweepEvent.NodePutAside>().ShouldHaveSingleItem().Reason.ShouldContain("3 times in a row it reported what can't be");
    }

    [Fact]
    public void ATrialWithAnImpossibleEpochIsStoppedAndFailsWhateverItsNodeSaysThen()
    {
        var bench = new SweepBench(2);
        bench.Join("a");
        var lease = Of(bench, "a")!;
        var effects = bench.Say("a", new ToCoordinator.EpochReported(lease, new EpochReport(1, new Score(1, 0.5), new Score(-3, 0.5), 1)));
        effects.StopsAsked().ShouldBe([lease]);
        effects.Saved<SweepEvent.EpochEnded>().ShouldBeEmpty();
        var ended = bench.Finish(lease).Saved<SweepEvent.AttemptEnded>().ShouldHaveSingleItem();
        (ended.End, ended.IsHeld).ShouldBe((AttemptEnd.Failed, true));
        ended.Reason.ShouldContain("a validation loss of -3");
    }

    [Fact]
    public void AResultThatIsBelievedForgivesWhatWasBefore()
    {
        var bench = new SweepBench(9, isStanding: true);
        bench.Join("a");
        foreach (var isRight in (bool[])[false, false, true, false, false])
            bench.Finish(Of(bench, "a")!, new TrialOutcome.Completed(isRight ? Right : Right with { Validation = new Score(0, 5) }));
        bench.Events.OfType<SweepEvent.NodePutAside>().ShouldBeEmpty();
    }

    private static Lease? Of(SweepBench bench, string node)
    {
        var ended = bench.Events.Select(happened => happened switch
        {
            SweepEvent.AttemptEnded attempt => attempt.Lease,
            SweepEvent.TrialFinished finished => finished.Lease,
            _ => null,
        }).ToHashSet();
        return bench.Effects.Started().LastOrDefault(lease => lease.Node.Name == node && !ended.Contains(lease));
    }
}
