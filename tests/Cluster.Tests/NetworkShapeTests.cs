using FashionSweep.Cluster.Tests.Network;
using FashionSweep.EndToEnd.Tests;

namespace FashionSweep.Cluster.Tests;

/// <summary>Not all ways are open to all: nodes can't reach each other or can't be reached.</summary>
[Collection(nameof(LabCluster))]
public sealed class NetworkShapeTests(LabCluster standing)
{
    private LiveCluster Cluster => standing.Cluster;

    [Fact]
    public async Task NodesThatCantReachEachOtherWorkAndNeverTryTo()
    {
        await standing.StandsAsync();
        var (together, apart) = (
            Cluster.Fsweep.Write("together.yaml", Sweeps.Three("together", epochs: 2)), Cluster.Fsweep.Write("apart.yaml", Sweeps.Three("apart", epochs: 2)));
        var said = standing.Node.Lines.Count;
        var other = standing.Fragile.StartNode("b", "--coordinator", standing.Address);
        await Cluster.KnowsAsync("b");
        await RunAsync(together);

        foreach (var name in new[] { "a", "b" }) Cluster.Machines[name].KeepFromOthersAlike();
        var lines = Cluster.Coordinator.Lines.Count;
        var newcomer = standing.Fragile.StartNode("c", "--coordinator", standing.Address);
        Cluster.Machines["c"].KeepFromOthersAlike();
        await Cluster.KnowsAsync("c");
        await RunAsync(apart);

        var heard = Cluster.Coordinator.Lines.Skip(lines).Where(line => !line.Contains("trial", StringComparison.Ordinal)).ToList();
        heard.ShouldNotContain(line => line.Contains("event=node_", StringComparison.Ordinal) && !line.Contains("node=c", StringComparison.Ordinal));
        standing.Node.Lines.Skip(said).Concat(other.Lines).Concat(newcomer.Lines).ShouldNotContain(line => line.Contains("in doubt", StringComparison.Ordinal));
        foreach (var node in new[] { other, newcomer })
        {
            node.ExitCodes.ShouldBeEmpty();
            Signals.AskToEnd(node.Id);
            (await node.EndsAsync()).ShouldBe(0, node.ToString());
        }
    }

    [Fact]
    public async Task ANodeThatNobodyCanConnectToWorks()
    {
        var file = await standing.TrainAsync("behind-a-router", epochs: 4);
        var lines = Cluster.Coordinator.Lines.Count;
        standing.Fragile.NetworkOf("a").Fail(NetworkFault.Unreachable);

        // Another one, with which it has no connection yet.
        Cluster.Coordinator.Kill();

        await Cluster.KnowsAsync("a", lines);
        await Cluster.EndsAsync("behind-a-router");
        Cluster.ShouldHaveTheResultsOf(file, "behind-a-router");
        Cluster.Read(store => store.Attempts(new("behind-a-router", 1))).ShouldHaveSingleItem();
        standing.Node.ExitCodes.ShouldBeEmpty();
        standing.Fragile.NetworkOf("a").Heal();
    }

    private async Task RunAsync(string file)
    {
        var sweep = Path.GetFileNameWithoutExtension(file);
        await Cluster.SubmitAsync(file);
        Cluster.Fsweep.Release();
        await Eventually.HoldsAsync(
            () =>
            {
                ShouldSpeakWithTheCoordinatorAlone();
                return Cluster.HasEnded(sweep);
            },
            LiveCluster.Patience, Cluster.ToString);
        Cluster.ShouldHaveTheResultsOf(file, sweep);
    }

    private void ShouldSpeakWithTheCoordinatorAlone()
    {
        var coordinator = Cluster.Machines[LiveCluster.CoordinatorName];
        foreach (var node in Cluster.Nodes)
            Cluster.Machines[node.Name].Connections.ShouldAllBe(each => each.RemoteAddress == coordinator.Address, node.Name);
    }
}
