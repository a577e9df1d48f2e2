using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Results.RankedTrials;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class RankedConfigurationTests
{
    [Fact]
    public void ConfigurationsRankByTheMeanOfTheirRepeatsNotByTheirBest()
    {
        var board = Board(Repeated(3), [.. Completed(1, 0.80, 0.95, 0.80), .. Completed(4, 0.88, 0.90, 0.89)]);

        board.Configurations.Select(row => (row.Rank, row.Number, row.Name)).ShouldBe([(1, 2, "quick/4-6"), (2, 1, "quick/1-3")]);
        board.Winner!.Value!.Value.Value.ShouldBe(0.89, 1e-12);
        board.Winner.Value.Value.Spread!.Value.ShouldBe(0.01, 1e-12);
        board.Winner.Best!.Id.Number.ShouldBe(5);
    }

    [Theory]
    [InlineData(Aggregate.Mean, 1)]
    [InlineData(Aggregate.Median, 2)]
    [InlineData(Aggregate.Worst, 3)]
    public void TheAggregateOfTheSweepDecides(Aggregate aggregate, int winner) =>
        Board(Repeated(3, aggregate), [.. Completed(1, 0.99, 0.80, 0.80), .. Completed(4, 0.85, 0.84, 0.70), .. Completed(7, 0.82, 0.82, 0.82)]).Winner!.Number
            .ShouldBe(winner);

    [Fact]
    public void AMinimizedObjectiveTakesTheHighestLossAsTheWorst()
    {
        var sweep = Repeated(2, Aggregate.Worst) with { Objective = new Objective(Metric.ValidationLoss, Goal.Minimize) };
        var board = Board(sweep, [Trial(1, 0.8, loss: 0.1), Trial(2, 0.8, loss: 0.9), Trial(3, 0.8, loss: 0.4), Trial(4, 0.8, loss: 0.5)]);
        board.Configurations.Select(row => (row.Number, row.Value!.Value.Value)).ShouldBe([(2, 0.5), (1, 0.9)]);
    }

    [Fact]
    public void OneThatHasCompletedAllItsRepeatsComesBeforeAnyThatHasNot()
    {
        TrialRecord[] trials = [Trial(1, 0.99), Without(2, TrialState.Diverged), .. Completed(3, 0.80, 0.80), Trial(5, 0.95), Without(6, TrialState.Running)];
        var board = Board(Repeated(2), trials);

        board.Configurations.Select(row => (row.Rank, row.Number, row.State))
            .ShouldBe([(1, 2, TrialState.Completed), (2, 1, TrialState.Diverged), (3, 3, TrialState.Running)]);
    }

    [Fact]
    public void WhileNoneHasCompletedAllItsRepeatsTheyRankByWhatTheyHave() =>
        Board(Repeated(3), [Trial(1, 0.7), Trial(4, 0.8), Trial(5, 0.8)]).Configurations.Select(row => (row.Rank, row.Number, row.State))
            .ShouldBe([(1, 2, TrialState.Pending), (2, 1, TrialState.Pending)]);

    [Fact]
    public void EqualValuesGoToTheLowerLossAndThenToTheEarlier() =>
        Board(
            Repeated(2),
            [Trial(1, 0.8), Trial(2, 0.8), Trial(3, 0.8, loss: 0.4), Trial(4, 0.8, loss: 0.4), Trial(5, 0.8, loss: 0.4), Trial(6, 0.8, loss: 0.4)])
            .Configurations.Select(row => row.Number).ShouldBe([2, 3, 1]);

    [Fact]
    public void PrunedOnesFollowTheFurthestFirst()
    {
        var board = Board(
            Samples.Sweep(),
            [Pruned(1, 1, 0.9), Pruned(2, 3, 0.6), Pruned(3, 3, 0.7), Trial(4, 0.5), Without(5, TrialState.Failed), Without(6, TrialState.Running)]);

        board.Configurations.Select(row => (row.Rank, row.Number)).ShouldBe([(1, 4), (null, 6), (null, 3), (null, 2), (null, 1), (null, 5)]);
        board.Configurations[2].Value.ShouldBe(new Estimate(0.7, null));
    }

    [Fact]
    public void RepeatsThatWereNeverStartedDoNotKeepAConfigurationFromBeingPruned()
    {
        var row = Board(Repeated(3), [Pruned(1, 2, 0.6), Pruned(2, 3, 0.7)]).Configurations.Single();

        (row.State, row.Rank, row.Epochs, row.Name).ShouldBe((TrialState.Pruned, null, 3, "quick/1-3"));
        row.Value!.Value.Value.ShouldBe(0.65, 1e-12);
    }

    [Fact]
    public void SeedsOfRepeatsAreNoDifferenceBetweenConfigurations()
    {
        TrialRecord Of(int number, long depth, long seed) => RankedTrials.Completed(Samples.Spec(number, ("depth", depth), ("seed", seed)), 0.8);
        var board = Board(Repeated(2), [Of(1, 2, 7), Of(2, 2, 8), Of(3, 3, 7), Of(4, 3, 8)]);

        board.Varied.ShouldBe(["depth"]);
        board.OfSingleTrials().Varied.ShouldBe(["depth", "seed"]);
    }

    [Fact]
    public void SingleTrialsRankByThemselves() =>
        Board(Repeated(2), [.. Completed(1, 0.7, 0.9), .. Completed(3, 0.85, 0.84)]).OfSingleTrials().Configurations.Select(row => row.Number)
            .ShouldBe([2, 3, 4, 1]);

    [Fact]
    public void FiltersAndOrdersReadTheAggregateAndTheMeans()
    {
        var board = Board(
            Repeated(2, Aggregate.Worst), [Trial(1, 0.7, seconds: 2), Trial(2, 0.9, seconds: 4), Trial(3, 0.8, seconds: 1), Trial(4, 0.8, seconds: 1)]);

        Numbers(board.Where(Parse("validation_accuracy = 0.7"))).ShouldBe([1]);
        Numbers(board.Where(Parse("seconds = 3 and state = completed"))).ShouldBe([1]);
        Numbers(board.Where(Parse("number = 3"))).ShouldBe([2]);
        Numbers(board.SortedBy("seconds")).ShouldBe([2, 1]);
        board.Configurations[0].FieldOf("optimizer").ShouldBe(Samples.Spec(1).Parameters["optimizer"]);
    }

    private static int[] Numbers(Leaderboard board) => [.. board.Configurations.Select(row => row.Number)];
}
