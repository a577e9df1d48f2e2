using FashionSweep.Cluster.Tests;
using FashionSweep.Cluster.Tests.Network;
using FashionSweep.EndToEnd.Tests;

namespace FashionSweep.Cluster.Benchmarks.Recovery;

/// <summary>A node falls silent: how soon its trial starts elsewhere, and how soon it is back once it can be.</summary>
internal static class NodeSilence
{
    private const string Sweep = "silent";
    private const int Rounds = 3;

    /// <summary>By SIGSTOP, until SIGCONT.</summary>
    public static async IAsyncEnumerable<(string What, string Figures)> FreezeAsync(bool isShort, bool isEncrypted)
    {
        var (lost, back) = (new Spread(), new Spread());
        for (var round = 0; round < (isShort ? 1 : Rounds); round++)
        {
            using var cluster = RealCluster.Create(isEncrypted);
            cluster.StartCoordinator();
            foreach (var name in new[] { "a", "b" }) cluster.StartNode(name);
            await MeasureAsync(cluster, node => Signals.Freeze(IdOf(cluster, node)), node => Signals.Thaw(IdOf(cluster, node)), lost, back);
        }
        yield return ("a frozen node's trial elsewhere", lost.All());
        yield return ("a thawed node back", back.All());
    }

    /// <summary>By a network in which nothing comes through, until it is whole.</summary>
    public static async IAsyncEnumerable<(string What, string Figures)> CutAsync(bool isShort)
    {
        var (lost, back) = (new Spread(), new Spread());
        using var lab = Lab.Build();
        for (var round = 0; round < (isShort ? 1 : Rounds); round++)
        {
            using var fragile = new FragileCluster(lab);
            var address = fragile.StartCoordinator();
            foreach (var name in new[] { "a", "b" }) fragile.StartNode(name, "--coordinator", address);
            await MeasureAsync(
                fragile.Cluster, node => fragile.NetworkOf(node).Fail(NetworkFault.Cut), node => fragile.NetworkOf(node).Heal(), lost, back);
        }
        yield return ("a cut node's trial elsewhere", lost.All());
        yield return ("a healed node back", back.All());
    }

    private static async Task MeasureAsync(LiveCluster cluster, Action<string> fail, Action<string> mend, Spread lost, Spread back)
    {
        await cluster.ComesUpAsync();
        await cluster.SubmitAsync(cluster.Fsweep.Write($"{Sweep}.yaml", RecoverySweep.Text(Sweep)));
        var trial = RecoverySweep.TrialOf(Sweep);
        var node = (await cluster.AttemptAsync(trial, attempt => attempt.Lease.Attempt == 1)).Lease.Node.Name;
        await cluster.TrainsAsync(Sweep, node, epoch: 1);

        var at = TimeProvider.System.GetUtcNow();
        fail(node);
        lost.Add((await cluster.AttemptAsync(trial, attempt => attempt.Lease.Attempt == 2)).StartedAt - at);

        var lines = cluster.Coordinator.Lines.Count;
        at = TimeProvider.System.GetUtcNow();
        mend(node);
        await cluster.KnowsAsync(node, lines);
        back.Add(TimeProvider.System.GetUtcNow() - at);
    }

    private static int IdOf(LiveCluster cluster, string node) => cluster.Nodes.Single(each => each.Name == node).Id;
}
