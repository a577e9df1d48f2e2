using System.Globalization;
using FashionSweep.EndToEnd.Tests;

namespace FashionSweep.Cluster.Tests;

/// <summary>The coordinator stands still for a while, and its nodes make new connections to it meanwhile, of which it finds many when it goes on.</summary>
public sealed class CoordinatorFreezeTests(ITestOutputHelper output)
{
    private const int Epochs = 3;

    [Fact]
    public async Task ItGoesOnAfterAnyTimeAndEachTrialCountsOnce()
    {
        using var cluster = new LiveCluster();
        cluster.StartCoordinator();
        foreach (var name in new[] { "a", "b" }) cluster.StartNode(name);
        await cluster.ComesUpAsync();
        foreach (var seconds in new[] { 5, 10, 20 }) await FreezeAsync(cluster, seconds);
        cluster.Coordinator.ExitCodes.ShouldBeEmpty();
        cluster.Nodes.ShouldAllBe(node => node.ExitCodes.Count == 0);
    }

    private async Task FreezeAsync(LiveCluster cluster, int seconds)
    {
        var sweep = string.Create(CultureInfo.InvariantCulture, $"frozen-{seconds}");
        var file = cluster.Fsweep.Write($"{sweep}.yaml", Sweeps.Three(sweep, Epochs));
        cluster.Fsweep.Hold();
        await cluster.SubmitAsync(file);
        await cluster.TrainsAsync(sweep, "a", epoch: 1);

        Signals.Freeze(cluster.Coordinator.Id);
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        Signals.Thaw(cluster.Coordinator.Id);
        var thawed = TimeProvider.System.GetTimestamp();
        var before = EpochsOf(cluster, sweep);

        await Eventually.HoldsAsync(() => EpochsOf(cluster, sweep) > before, LiveCluster.Patience, cluster.ToString);
        var took = TimeProvider.System.GetElapsedTime(thawed);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"frozen for {seconds} s: works {took.TotalSeconds:0.00} s after it was thawed"));
        await cluster.EndsAsync(sweep);
        cluster.ShouldHaveTheResultsOf(file, sweep);
    }

    private static int EpochsOf(LiveCluster cluster, string sweep) =>
        cluster.Read(store => store.Trials(sweep).Sum(trial => trial.Epoch?.Epoch ?? 0));
}
