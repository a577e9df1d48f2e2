using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Live;

public sealed class ChangeTextTests
{
    private static readonly Dictionary<string, string> None = [];

    [Fact]
    public void EachChangeIsSaidInAFewWords()
    {
        ParameterSet longer = new(new Dictionary<string, ParameterValue> { ["epochs"] = 20L });
        SweepChange[] changes =
        [
            new SweepChange.Extended([], None, 10), new SweepChange.Paused(), new SweepChange.Resumed(), new SweepChange.Extended([longer, longer], None, 0),
            new SweepChange.Extended([], new Dictionary<string, string> { ["depth"] = "[2, 3]" }, int.MaxValue),
            new SweepChange.FailedReopened([new TrialId("quick", 3)]),
        ];

        Texts(Repeats.None, changes).ShouldBe(
        [
            "extended by 10 trials", "paused", "resumed", "extended by 2 trials of 20 epochs", "extended to the end of the grid, with depth from [2, 3]",
            "1 failed trial run again",
        ]);
    }

    [Fact]
    public void ConfigurationsAreToldInTrials() =>
        Texts(new Repeats(3, Aggregate.Mean), new SweepChange.Extended([], None, 10)).ShouldBe(["extended by 30 trials"]);

    [Fact]
    public void OfManyLowerTotalsOneLineIsLeft() =>
        Texts(Repeats.None, new SweepChange.FewerTrials(), new SweepChange.Paused(), new SweepChange.FewerTrials())
            .ShouldBe(["paused", "fewer trials: configurations were pruned early, or there are no others, 2 times"]);

    private static IEnumerable<string> Texts(Repeats repeats, params SweepChange[] changes) =>
        ChangeText.Of([.. changes.Select((change, index) => new ChangeRecord(At(index), change))], repeats).Select(line => line.What);
}
