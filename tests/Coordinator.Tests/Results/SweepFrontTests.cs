using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Results.RankedTrials;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class SweepFrontTests
{
    private static readonly SweepRecord Sweep = Samples.Sweep() with { Further = new Objectives([new Objective(Metric.Seconds, Goal.Minimize)]) };

    // The best, a faster one, one that both beat, the fastest, and one that runs.
    private static readonly TrialRecord[] Trials =
        [Trial(1, 0.90, seconds: 100), Trial(2, 0.80, seconds: 10), Trial(3, 0.75, seconds: 20), Trial(4, 0.60, seconds: 1), Without(5, TrialState.Running)];

    [Fact]
    public void TheFrontComesFirstAndRanksStayThoseOfTheFirstObjective() =>
        Board(Sweep, Trials).Configurations.Select(row => (row.Rank, row.Number, row.IsOnFront))
            .ShouldBe([(1, 1, true), (2, 2, true), (4, 4, true), (3, 3, false), (null, 5, false)]);

    [Fact]
    public void TheHypervolumeIsOfTheBoxBetweenTheBestAndTheWorstCostsByTheirLogarithm()
    {
        var front = SweepFront.Of(Board(Sweep, Trials))!;
        front.Configurations.Select(row => row.Number).ShouldBe([1, 2, 4]);
        // Two thirds of the accuracies lie below the second, which takes half of the longest time by its logarithm.
        front.Hypervolume.ShouldBe(0.5 * (0.80 - 0.60) / (0.90 - 0.60), 1e-9);
        front.Growth.Select(point => point.Completed).ShouldBe([1, 2, 3, 4]);
        front.Growth.Select(point => point.Hypervolume).ShouldBeInOrder();
    }

    [Fact]
    public void ASweepOfOneObjectiveHasNone()
    {
        var board = Board(Samples.Sweep(), Trials);
        SweepFront.Of(board).ShouldBeNull();
        board.Configurations.ShouldAllBe(row => !row.IsOnFront);
    }

    [Fact]
    public void OnItAreConfigurationsThatHaveCompletedAllRepeats()
    {
        var repeated = Repeated(2) with { Further = Sweep.Further };
        Board(repeated, [.. Completed(1, 0.8, 0.8), .. Completed(3, 0.9)]).Configurations.Select(row => (row.Number, row.IsOnFront))
            .ShouldBe([(1, true), (2, false)]);
    }

    [Fact]
    public void NothingIsOnItWhileNothingIsCompleted() => SweepFront.Of(Board(Sweep, [Without(1, TrialState.Failed)])).ShouldBeNull();
}
