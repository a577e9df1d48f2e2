using System.Net.Sockets;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Tests.Network;

namespace FashionSweep.Cluster.Tests;

/// <summary>What can't work ends at once, or waits, in words, and leaves what works alone.</summary>
[Collection(nameof(SecuredCluster))]
public sealed class RefusalTests(SecuredCluster secured) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-refusals-");
    private readonly TestCertificates _certificates = secured.Certificates;
    private readonly LiveCluster _cluster = secured.Cluster;

    public void Dispose() => _folder.Delete(recursive: true);

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
    public async Task WhoIsNotTakenHearsWhyAndTheSweepGoesOn()
    {
        using var nobody = new HeldPort();
        var lonely = Start("lonely", _certificates.Node, $"127.0.0.1:{nobody.Number}");
        var others = new TestCertificates(Path.Combine(_folder.FullName, "others"));
        using var impostor = new LiveCluster();
        impostor.StartCoordinator(
            "--certificate", _certificates.Node.Certificate, "--key", _certificates.Node.Key!, "--authority", _certificates.Authority);
        await _cluster.AnswersAsync();
        var (lines, ended) = (_cluster.Coordinator.Lines.Count, _cluster.Coordinator.ExitCodes.Count);

        // One of another authority, one that is led to a node, and one that is there already; and two who know nothing of TLS.
        var stranger = Start("stranger", others.Node);
        var misled = Start("misled", _certificates.Node, impostor.Address);
        var second = Start("a", _certificates.Node);
        using var silent = Connect();
        using var loud = Connect();
        await loud.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());

        await stranger.SaysAsync($"no trusted connection to {_cluster.Address}: its certificate, CN=coordinator, is not signed by the authority in ");
        await _cluster.Coordinator.SaysAsync("whoever knocks is not let in: ", lines);
        await misled.SaysAsync($"no trusted connection to {impostor.Address}: its certificate, CN=node, is not made for a coordinator");
        (await second.EndsAsync()).ShouldBe(2, second.ToString());
        await second.SaysAsync("A node named a is connected already: give this one another --name.");
        await lonely.SaysAsync($"waits: no coordinator has answered at 127.0.0.1:{nobody.Number} for 10 s.");
        lonely.IsKept = false;
        Signals.AskToEnd(lonely.Id);
        (await lonely.EndsAsync()).ShouldBe(0, lonely.ToString());

        var file = await secured.TrainAsync("taken", epochs: 2);
        await _cluster.EndsAsync("taken");
        _cluster.ShouldHaveTheResultsOf(file, "taken");
        secured.Node.ExitCodes.ShouldBeEmpty();
        _cluster.Coordinator.ExitCodes.Count.ShouldBe(ended);
        foreach (var process in new[] { stranger, misled, second, lonely, impostor.Coordinator, _cluster.Coordinator })
        {
            process.Lines.ShouldNotContain(line => line.Contains("   at ", StringComparison.Ordinal), process.ToString());
            if (process != impostor.Coordinator && process != _cluster.Coordinator) process.Dispose();
        }
    }

    private TcpClient Connect()
    {
        var at = ClusterAddress.Parse(_cluster.Address, "the test");
        return new TcpClient(at.Host, at.Port);
    }

    private Supervised Start(string name, ClusterFiles files, string? at = null) => new(name, _cluster.Fsweep.Command(
        LiveCluster.NodeProgram,
        "--join", at ?? _cluster.Address, "--name", name, "--slots", "1", "--store", _cluster.Fsweep.Store,
        "--certificate", files.Certificate, "--key", files.Key!, "--authority", files.Authority));
}
