using FashionSweep.Coordinator.Conditions;
using FashionSweep.Coordinator.Ranking;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Ranking;

public sealed class LeaderboardTests
{
    private static readonly SweepRecord Sweep = Samples.Sweep();

    [Fact]
    public void TheBestByTheObjectiveIsFirst() => Order(Leaderboard.Of(Sweep, [Trial(1, 0.80), Trial(2, 0.90), Trial(3, 0.85)])).ShouldBe([2, 3, 1]);

    [Fact]
    public void AMinimisedObjectivePutsTheLowestFirst()
    {
        var sweep = Sweep with { Objective = new Objective(Metric.TrainLoss, Goal.Minimize) };
        Order(Leaderboard.Of(sweep, [Trial(1, 0.9, loss: 0.5), Trial(2, 0.8, loss: 0.3)])).ShouldBe([2, 1]);
    }

    [Fact]
    public void TiesGoToTheLowerValidationLossAndThenToTheLowerNumber() =>
        Order(Leaderboard.Of(Sweep, [Trial(4, 0.9, 0.4), Trial(3, 0.9, 0.4), Trial(2, 0.9, 0.5), Trial(1, 0.9, 0.3)])).ShouldBe([1, 3, 4, 2]);

    [Fact]
    public void ALossThatIsNoNumberRanksLast()
    {
        var sweep = Sweep with { Objective = new Objective(Metric.ValidationLoss, Goal.Minimize) };
        Order(Leaderboard.Of(sweep, [Trial(1, 0.9, double.NaN), Trial(2, 0.1, 9)])).ShouldBe([2, 1]);
    }

    [Fact]
    public void TrialsWithoutAResultFollowUnranked()
    {
        var board = Leaderboard.Of(Sweep, [Without(1, TrialState.Failed), Without(2, TrialState.Diverged), Without(3, TrialState.Running), Trial(4, 0.2)]);
        board.Trials.Select(row => (row.Rank, row.Trial.Spec.Id.Number)).ShouldBe([(1, 4), (null, 3), (null, 2), (null, 1)]);
        board.Winner!.Spec.Id.Number.ShouldBe(4);
    }

    [Fact]
    public void WithoutResultsThereIsNoWinner() => Leaderboard.Of(Sweep, [Without(1, TrialState.Failed)]).Winner.ShouldBeNull();

    [Fact]
    public void OnlyParametersThatDifferAreShownInTheTrainersOrder()
    {
        var one = Samples.Spec(1, ("optimizer", "adam"), ("depth", 2L), ("width", 64L), ("learning_rate", 0.01));
        var two = Samples.Spec(2, ("optimizer", "sgd"), ("depth", 3L), ("width", 64L), ("learning_rate", 0.01));
        Leaderboard.Of(Sweep, [Completed(one, 0.1), Completed(two, 0.2)]).Varied.ShouldBe(["depth", "optimizer"]);
    }

    [Fact]
    public void AFilterKeepsTheRanksThatTrialsHaveAmongAll()
    {
        var board = Leaderboard.Of(Sweep, [Trial(1, 0.80), Trial(2, 0.90), Without(3, TrialState.Failed)]);
        board.Where(Parse("number = 1")).Trials.Single().Rank.ShouldBe(2);
        board.Where(Parse("state = failed")).Trials.Single().Trial.Spec.Id.Number.ShouldBe(3);
        board.Where(Parse("test_accuracy > 0")).Trials.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("test_accuracy", new[] { 2, 1, 3 })]
    [InlineData("seconds", new[] { 1, 2, 3 })]
    [InlineData("number", new[] { 1, 2, 3 })]
    [InlineData("validation_loss", new[] { 2, 1, 3 })]
    public void AnotherOrderPutsHighAccuraciesAndLowRestsFirst(string field, int[] expected)
    {
        var board = Leaderboard.Of(Sweep, [Trial(1, 0.80, loss: 0.6, seconds: 3), Trial(2, 0.90, loss: 0.5, seconds: 4), Without(3, TrialState.Failed)]);
        Order(board.SortedBy(field)).ShouldBe(expected);
        board.SortedBy(field).Trials.Single(row => row.Rank == 1).Trial.Spec.Id.Number.ShouldBe(2);
    }

    [Fact]
    public void EveryNamedFieldCanBeReadOfEveryTrial()
    {
        foreach (var name in TrialFields.Names)
        {
            if (name.EndsWith("_loss", StringComparison.Ordinal)) TrialFields.ValueOf(Without(1, TrialState.Failed), name).ShouldBeNull(name);
            if (name is not ("hidden" or "layers")) TrialFields.ValueOf(Trial(1, 0.5), name).ShouldNotBeNull(name);
        }
    }

    private static Condition Parse(string text) => Condition.Parse(text, TrialFields.Names);

    private static int[] Order(Leaderboard board) => [.. board.Trials.Select(row => row.Trial.Spec.Id.Number)];

    private static TrialRecord Trial(int number, double accuracy, double loss = 0.5, double seconds = 4) => Completed(Samples.Spec(number), accuracy, loss, seconds);

    private static TrialRecord Completed(TrialSpec spec, double accuracy, double loss = 0.5, double seconds = 4) =>
        new(spec, TrialState.Completed, 1, Samples.Node, Samples.Start, Samples.At(5), Samples.Epoch(3), Samples.Result(accuracy, loss, seconds: seconds), null);

    private static TrialRecord Without(int number, TrialState state) => new(Samples.Spec(number), state, 1, Samples.Node, Samples.Start, null, null, null, null);
}
