using System.Globalization;
using FashionSweep.EndToEnd.Tests;

namespace FashionSweep.Cluster.Tests;

/// <summary>The coordinator stands still for a while, and its nodes make new connections to it meanwhile, of which it finds many when it goes on.</summary>
[Collection(nameof(StandingCluster))]
public sealed class CoordinatorFreezeTests(StandingCluster standing, ITestOutputHelper output)
{
    private const int Epochs = 3;

    private readonly LiveCluster _cluster = standing.Cluster;

    [Fact]
    public async Task ItGoesOnAfterAnyTimeAndEachTrialCountsOnce()
    {
        await _cluster.AnswersAsync();
        var ended = _cluster.Coordinator.ExitCodes.Count;
        var other = _cluster.StartNode("b");
        await _cluster.KnowsAsync("b");
        foreach (var seconds in new[] { 5, 10, 20 }) await FreezeAsync(seconds);
        _cluster.Coordinator.ExitCodes.Count.ShouldBe(ended);
        _cluster.Nodes.ShouldAllBe(node => node.ExitCodes.Count == 0);
        Signals.AskToEnd(other.Id);
        (await other.EndsAsync()).ShouldBe(0, other.ToString());
    }

    private async Task FreezeAsync(int seconds)
    {
        var sweep = string.Create(CultureInfo.InvariantCulture, $"frozen-{seconds}");
        var file = _cluster.Fsweep.Write($"{sweep}.yaml", Sweeps.Three(sweep, Epochs));
        _cluster.Fsweep.Hold();
        await _cluster.SubmitAsync(file);
        await _cluster.TrainsAsync(sweep, "a", epoch: 1);

        Signals.Freeze(_cluster.Coordinator.Id);
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        Signals.Thaw(_cluster.Coordinator.Id);
        var thawed = TimeProvider.System.GetTimestamp();
        var before = EpochsOf(sweep);

        await Eventually.HoldsAsync(() => EpochsOf(sweep) > before, LiveCluster.Patience, _cluster.ToString);
        var took = TimeProvider.System.GetElapsedTime(thawed);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"frozen for {seconds} s: works {took.TotalSeconds:0.00} s after it was thawed"));
        await _cluster.EndsAsync(sweep);
        _cluster.ShouldHaveTheResultsOf(file, sweep);
    }

    private int EpochsOf(string sweep) =>
        _cluster.Read(store => store.Trials(sweep).Sum(trial => trial.Epoch?.Epoch ?? 0));
}
