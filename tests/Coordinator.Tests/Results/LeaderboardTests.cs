using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using static FashionSweep.Coordinator.Tests.Results.RankedTrials;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class LeaderboardTests
{
    private static readonly SweepRecord Sweep = Samples.Sweep();

    [Fact]
    public void TheBestByTheObjectiveIsFirst() => Order(Board(Sweep, [Trial(1, 0.80), Trial(2, 0.90), Trial(3, 0.85)])).ShouldBe([2, 3, 1]);

    [Fact]
    public void AMinimisedObjectivePutsTheLowestFirst()
    {
        var sweep = Sweep with { Objective = new Objective(Metric.TrainLoss, Goal.Minimize) };
        Order(Board(sweep, [Trial(1, 0.9, loss: 0.5), Trial(2, 0.8, loss: 0.3)])).ShouldBe([2, 1]);
    }

    [Fact]
    public void TiesGoToTheLowerValidationLossAndThenToTheLowerNumber() =>
        Order(Board(Sweep, [Trial(4, 0.9, 0.4), Trial(3, 0.9, 0.4), Trial(2, 0.9, 0.5), Trial(1, 0.9, 0.3)])).ShouldBe([1, 3, 4, 2]);

    [Fact]
    public void ALossThatIsNoNumberRanksLast()
    {
        var sweep = Sweep with { Objective = new Objective(Metric.ValidationLoss, Goal.Minimize) };
        Order(Board(sweep, [Trial(1, 0.9, double.NaN), Trial(2, 0.1, 9)])).ShouldBe([2, 1]);
    }

    [Fact]
    public void TrialsWithoutAResultFollowUnranked()
    {
        var board = Board(Sweep, [Without(1, TrialState.Failed), Without(2, TrialState.Diverged), Without(3, TrialState.Running), Trial(4, 0.2)]);
        board.Configurations.Select(row => (row.Rank, row.Number)).ShouldBe([(1, 4), (null, 3), (null, 2), (null, 1)]);
        board.Winner!.Number.ShouldBe(4);
    }

    [Fact]
    public void WithoutResultsThereIsNoWinner() => Board(Sweep, [Without(1, TrialState.Failed)]).Winner.ShouldBeNull();

    [Fact]
    public void OnlyParametersThatDifferAreShownInTheTrainersOrder()
    {
        var one = Samples.Spec(1, ("optimizer", "adam"), ("depth", 2L), ("width", 64L), ("learning_rate", 0.01));
        var two = Samples.Spec(2, ("optimizer", "sgd"), ("depth", 3L), ("width", 64L), ("learning_rate", 0.01));
        Board(Sweep, [Completed(one, 0.1), Completed(two, 0.2)]).Varied.ShouldBe(["depth", "optimizer"]);
    }

    [Fact]
    public void AFilterKeepsTheRanksThatTrialsHaveAmongAll()
    {
        var board = Board(Sweep, [Trial(1, 0.80), Trial(2, 0.90), Without(3, TrialState.Failed)]);
        board.Where(Parse("number = 1")).Configurations.Single().Rank.ShouldBe(2);
        board.Where(Parse("state = failed")).Configurations.Single().Number.ShouldBe(3);
        board.Where(Parse("test_accuracy > 0")).Configurations.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("test_accuracy", new[] { 2, 1, 3 })]
    [InlineData("seconds", new[] { 1, 2, 3 })]
    [InlineData("number", new[] { 1, 2, 3 })]
    [InlineData("validation_loss", new[] { 2, 1, 3 })]
    public void AnotherOrderPutsHighAccuraciesAndLowRestsFirst(string field, int[] expected)
    {
        var board = Board(Sweep, [Trial(1, 0.80, loss: 0.6, seconds: 3), Trial(2, 0.90, loss: 0.5, seconds: 4), Without(3, TrialState.Failed)]);
        Order(board.SortedBy(field)).ShouldBe(expected);
        board.SortedBy(field).Configurations.Single(row => row.Rank == 1).Number.ShouldBe(2);
    }

    [Fact]
    public void EveryNamedFieldCanBeReadOfEveryTrial()
    {
        var (failed, completed) = (Figures.Of([Without(1, TrialState.Failed)])[0], Figures.Of([Trial(1, 0.5)])[0]);
        foreach (var name in TrialFields.NamesOf(TrainerCatalog.Parameters))
        {
            if (name.EndsWith("_loss", StringComparison.Ordinal)) TrialFields.ValueOf(failed, name).ShouldBeNull(name);
            if (name is not ("hidden" or "layers" or "engine")) TrialFields.ValueOf(completed, name).ShouldNotBeNull(name);
        }
    }

    private static int[] Order(Leaderboard board) => [.. board.Configurations.Select(row => row.Number)];
}
