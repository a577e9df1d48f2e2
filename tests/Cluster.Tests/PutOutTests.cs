using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Tests.Network;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>Members are put out of the cluster by hand, which is what shuts their actor systems out for good.</summary>
public sealed class PutOutTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-put-out-");
    private readonly TestCertificates _certificates;
    private readonly LiveCluster _cluster;

    public PutOutTests() => _cluster = new LiveCluster { Certificates = _certificates = new TestCertificates(_folder.FullName) };

    public void Dispose()
    {
        _cluster.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task ANodeComesBackWithItsTrialAndTheCoordinatorEndsToBeStartedAgain()
    {
        var file = _cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs: 12));
        _cluster.StartCoordinator();
        var node = _cluster.StartNode("a");
        await _cluster.ComesUpAsync();
        await _cluster.SubmitAsync(file);
        await _cluster.TrainsAsync("one", "a", epoch: 1);

        await using var first = Join();
        await first.PutOutAsync(member => !member.HasRole(ClusterConfig.CoordinatorRole));

        await node.SaysAsync("the link with the coordinator is in doubt");
        await node.SaysAsync("is back: the coordinator answers");
        var lines = _cluster.Coordinator.Lines.Count;

        await using var second = Join();
        await second.PutOutAsync(member => member.HasRole(ClusterConfig.CoordinatorRole));

        await _cluster.Coordinator.SaysAsync("fsweep: the coordinator was put out of its own cluster: it has to start again", lines);
        await _cluster.KnowsAsync("a", lines);
        await _cluster.EndsAsync("one");
        // Whatever is started on failure, as by systemd, is started again.
        _cluster.Coordinator.ExitCodes.ShouldBe([1]);
        node.ExitCodes.ShouldBeEmpty();
        _cluster.ShouldHaveTheResultsOf(file, "one");
        _cluster.Read(store => store.Attempts(new TrialId("one", 1))).ShouldHaveSingleItem();
        foreach (var process in new[] { _cluster.Coordinator, node })
            process.Lines.ShouldNotContain(line => line.Contains("   at ", StringComparison.Ordinal), process.ToString());
    }

    private Insider Join() => Insider.Join(ClusterAddress.Parse(_cluster.Address, "the test"), _certificates.Node);
}
