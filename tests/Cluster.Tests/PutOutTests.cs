using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>Members are put out of the cluster by hand, which is what shuts their actor systems out for good.</summary>
[Collection(nameof(SecuredCluster))]
public sealed class PutOutTests(SecuredCluster secured)
{
    private readonly LiveCluster _cluster = secured.Cluster;

    [Fact]
    public async Task ANodeComesBackWithItsTrialAndTheCoordinatorEndsToBeStartedAgain()
    {
        var file = await secured.TrainAsync("put-out", epochs: 12);
        var (node, ended, before) = (secured.Node, _cluster.Coordinator.ExitCodes.Count, secured.Node.Lines.Count);

        await using var first = Join();
        await first.PutOutAsync(member => !member.HasRole(ClusterConfig.CoordinatorRole));

        await node.SaysAsync("the link with the coordinator is in doubt", before);
        await node.SaysAsync("is back: the coordinator answers", before);
        var lines = _cluster.Coordinator.Lines.Count;

        await using var second = Join();
        await second.PutOutAsync(member => member.HasRole(ClusterConfig.CoordinatorRole));

        await _cluster.Coordinator.SaysAsync("fsweep: the coordinator was put out of its own cluster: it has to start again", lines);
        await _cluster.KnowsAsync("a", lines);
        await _cluster.EndsAsync("put-out");
        // Whatever is started on failure, as by systemd, is started again.
        _cluster.Coordinator.ExitCodes.Skip(ended).ShouldBe([1]);
        node.ExitCodes.ShouldBeEmpty();
        _cluster.ShouldHaveTheResultsOf(file, "put-out");
        _cluster.Read(store => store.Attempts(new TrialId("put-out", 1))).ShouldHaveSingleItem();
        foreach (var process in new[] { _cluster.Coordinator, node })
            process.Lines.ShouldNotContain(line => line.Contains("   at ", StringComparison.Ordinal), process.ToString());
    }

    private Insider Join() => Insider.Join(ClusterAddress.Parse(_cluster.Address, "the test"), secured.Certificates.Node);
}
