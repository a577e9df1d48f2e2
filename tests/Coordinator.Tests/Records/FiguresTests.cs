using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Records;

public sealed class FiguresTests
{
    private static readonly TrialRecord Completed = new(
        Spec(3, ("depth", 2L), ("learning_rate", 0.1), ("optimizer", "sgd")), TrialState.Completed, 2, Node, Start, At(5), Epoch(3), Result(), null);

    private static readonly TrialRecord Without = new(Spec(5), TrialState.Failed, 1, Node, Start, At(5), Epoch(2), null, "out of memory");

    [Fact]
    public void TheyAreThoseOfTheTrialsRecord() => Of(Completed).ShouldSatisfyAllConditions(
        one => one.Id.ShouldBe(Completed.Spec.Id), one => one.State.ShouldBe(TrialState.Completed), one => one.Attempt.ShouldBe(2),
        one => one.Node.ShouldBe(Node), one => one.Reason.ShouldBeNull(), one => one.EpochsRun.ShouldBe(Result().Epochs),
        one => (one.Train, one.Validation).ShouldBe((Result().Train, Result().Validation)),
        one => one.Result.ShouldBe(new ResultFigures(Result().Test, Result().BestEpoch, Result().ParameterCount, Result().Seconds)));

    [Fact]
    public void OfAPrunedTrialTheyAreThoseOfItsLastEpochAndOfAFailedOneThereAreNone()
    {
        Of(Without with { State = TrialState.Pruned }).ShouldSatisfyAllConditions(
            one => one.Validation.ShouldBe(Epoch(2).Validation), one => one.EpochsRun.ShouldBe(2), one => one.Result.ShouldBeNull());
        Of(Without).ShouldSatisfyAllConditions(
            one => (one.Train, one.Validation).ShouldBe((null, null)), one => one.EpochsRun.ShouldBe(2), one => one.Reason.ShouldBe("out of memory"));
        Of(Without with { Epoch = null }).EpochsRun.ShouldBeNull();
    }

    [Fact]
    public void EveryKindOfParameterComesBackAndSoDoesOneThatIsMissing()
    {
        var all = new Dictionary<string, ParameterValue>
        {
            ["text"] = "a\"b",
            ["whole"] = long.MinValue,
            ["real"] = double.NaN,
            ["flag"] = true,
            ["list"] = new ParameterValue.List([1L, 0.5, "x"]),
        };
        TrialRecord[] trials = [With(1, []), With(2, all), With(3, new() { ["whole"] = 1.0 }), With(4, [])];
        foreach (var order in new TrialRecord[][] { trials, [trials[1], trials[3], trials[2], trials[0]] })
        {
            var figures = Figures.Of(order);
            figures.Select(one => one.Id.Number).ShouldBe([1, 2, 3, 4]);
            foreach (var (one, trial) in figures.Zip(trials))
                foreach (var name in all.Keys) one.ParameterOf(name).ShouldBe(trial.Spec.Parameters[name], name);
        }
    }

    [Fact]
    public void EachOfManyTrialsHasItsOwnValuesHoweverManyCameBefore()
    {
        TrialRecord[] trials = [.. Enumerable.Range(1, 3000).Select(number => With(number, new()
        {
            ["text"] = $"{number % 1500}",
            ["long"] = new string('é', number % 200),
            ["whole"] = (number % 7) * 1024L,
            ["real"] = number % 3 == 0 ? -0.0 : number % 3 == 2 ? 0.0 : number / 7.0,
        }))];
        foreach (var (one, trial) in Figures.Of(trials).Zip(trials))
        {
            one.Parameters.ShouldBe(trial.Spec.Parameters);
            double.IsNegative(((ParameterValue.Real)one.ParameterOf("real")!).Value).ShouldBe(trial.Spec.Id.Number % 3 == 0);
        }
    }

    [Fact]
    public void OfATrialThatComesAgainTheLastCounts() =>
        Figures.Of([Without, Completed, Without with { State = TrialState.Running, Reason = null }]).Select(one => one.State)
            .ShouldBe([TrialState.Completed, TrialState.Running]);

    [Fact]
    public void TheyAreEqualHoweverTheyWerePacked()
    {
        Figures.Of([Completed, Without]).ShouldBe(Figures.Of([Without, Completed]));
        Of(Completed).ShouldNotBe(Of(Completed with { Spec = Spec(3, ("depth", 3L)) }));
    }

    private static TrialFigures Of(TrialRecord trial) => Figures.Of([Without with { Spec = Spec(1) }, trial])[1];

    private static TrialRecord With(int number, Dictionary<string, ParameterValue> parameters) =>
        Without with { Spec = new TrialSpec(new TrialId("quick", number), new ParameterSet(parameters), Objective.Default) };
}
