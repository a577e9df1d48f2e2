using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Tests.Network;

namespace FashionSweep.Cluster.Tests;

/// <summary>What can't work ends at once, or waits, in words, and leaves what works alone.</summary>
[Collection(ClusterTests.Name)]
public sealed class RefusalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-refusals-");
    private readonly TestCertificates _certificates;
    private readonly LiveCluster _cluster;

    public RefusalTests() => _cluster = new LiveCluster { Certificates = _certificates = new TestCertificates(_folder.FullName) };

    public void Dispose()
    {
        _cluster.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void AnExpiredCertificateIsRefused()
    {
        var expired = _certificates.ExpiredNode;
        string[] tls = ["--certificate", expired.Certificate, "--key", expired.Key!, "--authority", expired.Authority];

        var coordinator = _cluster.Fsweep.Run(["coordinator", "--cluster-address", _cluster.Address, .. tls]);
        var node = _cluster.Fsweep.Run(["node", "--join", _cluster.Address, .. tls, "--store", ".fsweep"]);

        foreach (var ran in new[] { coordinator, node })
        {
            ran.ExitCode.ShouldBe(2, ran.ToString());
            ran.Errors.ShouldContain($"{expired.Certificate}: it expired on ");
        }
    }

    [Fact]
    public async Task ANodesCertificateIsNoCoordinatorsAndAnotherAuthoritysIsNobodys()
    {
        var others = new TestCertificates(Path.Combine(_folder.FullName, "others"));
        _cluster.StartCoordinator();
        var node = _cluster.StartNode("a");
        await _cluster.ComesUpAsync();

        var stranger = Start("stranger", others.Node);
        await stranger.SaysAsync($"no trusted connection to {_cluster.Address}: its certificate, CN=coordinator, is not signed by the authority in ");
        await _cluster.Coordinator.SaysAsync("whoever knocks is not let in: ");

        using var impostor = new LiveCluster();
        impostor.StartCoordinator(
            "--certificate", _certificates.Node.Certificate, "--key", _certificates.Node.Key!, "--authority", _certificates.Authority);
        await impostor.Coordinator.SaysAsync("joined by nodes at");
        var misled = Start("misled", _certificates.Node, impostor.Address);
        await misled.SaysAsync($"no trusted connection to {impostor.Address}: its certificate, CN=node, is not made for a coordinator");

        var file = _cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs: 1));
        _cluster.Submit(file);
        await _cluster.EndsAsync("one");
        node.ExitCodes.ShouldBeEmpty();
        foreach (var process in new[] { stranger, misled, impostor.Coordinator, _cluster.Coordinator })
            process.Lines.ShouldNotContain(line => line.Contains("   at ", StringComparison.Ordinal), process.ToString());
        stranger.Dispose();
        misled.Dispose();
    }

    [Fact]
    public async Task ANodeThatNobodyAnswersSaysSo()
    {
        using var nobody = new HeldPort();
        var node = _cluster.StartNode("a", "--join", $"127.0.0.1:{nobody.Number}");

        await node.SaysAsync($"waits: no coordinator has answered at 127.0.0.1:{nobody.Number} for 10 s.");

        node.IsKept = false;
        Signals.AskToEnd(node.Id);
        (await node.EndsAsync()).ShouldBe(0, node.ToString());
    }

    [Fact]
    public async Task ASecondNodeOfANameIsRefusedAndTheFirstWorksOn()
    {
        _cluster.StartCoordinator();
        var first = _cluster.StartNode("a");
        await _cluster.ComesUpAsync();

        var second = _cluster.StartNode("a");

        (await second.EndsAsync()).ShouldBe(2, second.ToString());
        await second.SaysAsync("A node named a is connected already: give this one another --name.");
        var file = _cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs: 1));
        _cluster.Submit(file);
        await _cluster.EndsAsync("one");
        first.ExitCodes.ShouldBeEmpty();
    }

    private Supervised Start(string name, ClusterFiles files, string? at = null) => new(name, _cluster.Fsweep.Command(
        LiveCluster.NodeProgram,
        "--join", at ?? _cluster.Address, "--name", name, "--slots", "1", "--store", _cluster.Fsweep.Store,
        "--certificate", files.Certificate, "--key", files.Key!, "--authority", files.Authority));
}
