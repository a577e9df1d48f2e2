using System.Globalization;
using FashionSweep.Cluster.Tests;
using FashionSweep.EndToEnd.Tests;

namespace FashionSweep.Cluster.Benchmarks.Recovery;

/// <summary>The coordinator is away or stands still for a while: how soon all nodes are back after that, and an epoch of theirs is stored.</summary>
internal static class CoordinatorAway
{
    private const string Sweep = "away";

    private static readonly string[] Nodes = ["a", "b"];

    /// <summary>By <c>kill -9</c>, until it is started again.</summary>
    public static async IAsyncEnumerable<(string What, string Figures)> KillAsync(bool isShort, bool isEncrypted)
    {
        foreach (var seconds in isShort ? [1] : new[] { 0.3, 1, 5, 20 })
        {
            using var cluster = await StartAsync(isEncrypted);
            var lines = cluster.Coordinator.Lines.Count;
            cluster.Coordinator.IsKept = false;
            cluster.Coordinator.Kill();
            await cluster.Coordinator.EndsAsync();
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            var before = Epochs(cluster);

            var at = TimeProvider.System.GetTimestamp();
            cluster.Coordinator.StartAgain();
            foreach (var node in Nodes) await cluster.KnowsAsync(node, lines);
            var back = TimeProvider.System.GetElapsedTime(at);
            await WorksAsync(cluster, before);
            var attempts = cluster.Read(store => store.Attempts(RecoverySweep.TrialOf(Sweep)).Count);
            yield return (
                string.Create(CultureInfo.InvariantCulture, $"coordinator killed, back after {seconds} s"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"nodes back after {back.TotalSeconds:0.00} s, works after {TimeProvider.System.GetElapsedTime(at).TotalSeconds:0.00} s of its start; "
                        + $"attempts: {attempts}"));
        }
    }

    /// <summary>By SIGSTOP, until SIGCONT.</summary>
    public static async IAsyncEnumerable<(string What, string Figures)> FreezeAsync(bool isShort, bool isEncrypted)
    {
        using var cluster = await StartAsync(isEncrypted);
        foreach (var seconds in isShort ? [5] : new[] { 5, 10, 20 })
        {
            Signals.Freeze(cluster.Coordinator.Id);
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            var at = TimeProvider.System.GetTimestamp();
            Signals.Thaw(cluster.Coordinator.Id);
            await WorksAsync(cluster, Epochs(cluster));
            yield return (
                string.Create(CultureInfo.InvariantCulture, $"coordinator frozen for {seconds} s"),
                string.Create(CultureInfo.InvariantCulture, $"works {TimeProvider.System.GetElapsedTime(at).TotalSeconds:0.00} s after it was thawed"));
        }
    }

    private static async Task<LiveCluster> StartAsync(bool isEncrypted)
    {
        var cluster = RealCluster.Create(isEncrypted);
        cluster.StartCoordinator();
        foreach (var node in Nodes) cluster.StartNode(node);
        await cluster.ComesUpAsync();
        await cluster.SubmitAsync(cluster.Fsweep.Write($"{Sweep}.yaml", RecoverySweep.Text(Sweep)));
        await WorksAsync(cluster, before: 0);
        return cluster;
    }

    private static Task WorksAsync(LiveCluster cluster, int before) =>
        Eventually.HoldsAsync(() => Epochs(cluster) > before, LiveCluster.Patience, cluster.ToString);

    private static int Epochs(LiveCluster cluster) => cluster.Read(store => store.Find(RecoverySweep.TrialOf(Sweep))?.Epoch?.Epoch ?? 0);
}
