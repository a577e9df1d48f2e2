using System.Globalization;
using FashionSweep.Cluster.Tests.Network;

namespace FashionSweep.Cluster.Tests;

/// <summary>Not all ways are open to all: nodes can't reach each other or can't be reached, or a connection is dead at one of its ends alone.</summary>
public sealed class NetworkShapeTests(SharedLab lab, ITestOutputHelper output)
{
    [Fact]
    public async Task NodesThatCantReachEachOtherWorkAndNeverTryTo()
    {
        using var fragile = lab.Cluster();
        var cluster = fragile.Cluster;
        var (together, apart) = (
            cluster.Fsweep.Write("together.yaml", Sweeps.Three("together", epochs: 2)), cluster.Fsweep.Write("apart.yaml", Sweeps.Three("apart", epochs: 2)));
        var address = fragile.StartCoordinator();
        foreach (var name in new[] { "a", "b" }) fragile.StartNode(name, "--coordinator", address);
        await cluster.ComesUpAsync();
        await RunAsync(together);

        foreach (var name in new[] { "a", "b" }) cluster.Machines[name].KeepFromOthersAlike();
        var lines = cluster.Coordinator.Lines.Count;
        var newcomer = fragile.StartNode("c", "--coordinator", address);
        cluster.Machines["c"].KeepFromOthersAlike();
        await cluster.KnowsAsync("c");
        await RunAsync(apart);

        var said = cluster.Coordinator.Lines.Skip(lines).Where(line => !line.Contains("trial", StringComparison.Ordinal)).ToList();
        said.ShouldNotContain(line => line.Contains("event=node_", StringComparison.Ordinal) && !line.Contains("node=c", StringComparison.Ordinal));
        cluster.Nodes.ShouldAllBe(node => !node.Lines.Any(line => line.Contains("in doubt", StringComparison.Ordinal)));
        newcomer.ExitCodes.ShouldBeEmpty();

        async Task RunAsync(string file)
        {
            var sweep = Path.GetFileNameWithoutExtension(file);
            await cluster.SubmitAsync(file);
            cluster.Fsweep.Release();
            await Eventually.HoldsAsync(
                () =>
                {
                    ShouldSpeakWithTheCoordinatorAlone(cluster);
                    return cluster.HasEnded(sweep);
                },
                LiveCluster.Patience, cluster.ToString);
            cluster.ShouldHaveTheResultsOf(file, sweep);
        }
    }

    [Fact]
    public Task ANodeThatNobodyCanConnectToWorksAndAConnectionThatIsDeadAtOneEndIsReplaced() => Task.WhenAll(
        SurviveHalfOpenAsync(), WorkBehindARouterAsync());

    private async Task SurviveHalfOpenAsync()
    {
        using var fragile = lab.Cluster();
        var cluster = fragile.Cluster;
        fragile.StartCoordinator();
        var node = fragile.StartNode("a");
        await cluster.ComesUpAsync();
        foreach (var victim in new[] { "a", LiveCluster.CoordinatorName }) await SurviveHalfOpenAsync(fragile, node, victim);
        node.ExitCodes.ShouldBeEmpty();
        cluster.Coordinator.ExitCodes.ShouldBeEmpty();
    }

    private async Task SurviveHalfOpenAsync(FragileCluster fragile, Supervised node, string victim)
    {
        var (cluster, sweep) = (fragile.Cluster, $"half-open-{victim}");
        var file = cluster.Fsweep.Write($"{sweep}.yaml", Sweeps.One(epochs: 12, sweep));
        cluster.Fsweep.Hold();
        await cluster.SubmitAsync(file);
        await cluster.TrainsAsync(sweep, "a", epoch: 1);
        var lines = node.Lines.Count;

        fragile.NetworkOf(victim).Fail(NetworkFault.HalfOpen);
        var failed = TimeProvider.System.GetTimestamp();

        await node.SaysAsync("the link with the coordinator is in doubt", lines);
        await node.SaysAsync("is back: the coordinator answers", lines);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"half open at {victim}: is back {TimeProvider.System.GetElapsedTime(failed).TotalSeconds:0.0} s after it"));
        await cluster.EndsAsync(sweep);
        cluster.ShouldHaveTheResultsOf(file, sweep);
        cluster.Read(store => store.Attempts(new(sweep, 1))).ShouldHaveSingleItem();
        fragile.NetworkOf(victim).Heal();
    }

    private async Task WorkBehindARouterAsync()
    {
        using var fragile = lab.Cluster();
        var cluster = fragile.Cluster;
        var file = cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs: 4));
        var address = fragile.StartCoordinator();
        var node = fragile.StartNode("a", "--coordinator", address);
        fragile.NetworkOf("a").Fail(NetworkFault.Unreachable);
        await cluster.ComesUpAsync();
        await cluster.SubmitAsync(file);
        await cluster.TrainsAsync("one", "a", epoch: 1);
        var lines = cluster.Coordinator.Lines.Count;

        cluster.Coordinator.Kill();

        await cluster.KnowsAsync("a", lines);
        await cluster.EndsAsync("one");
        cluster.ShouldHaveTheResultsOf(file, "one");
        cluster.Read(store => store.Attempts(new("one", 1))).ShouldHaveSingleItem();
        node.ExitCodes.ShouldBeEmpty();
    }

    private static void ShouldSpeakWithTheCoordinatorAlone(LiveCluster cluster)
    {
        var coordinator = cluster.Machines[LiveCluster.CoordinatorName];
        foreach (var node in cluster.Nodes)
            cluster.Machines[node.Name].Connections.ShouldAllBe(each => each.RemoteAddress == coordinator.Address, node.Name);
    }
}
