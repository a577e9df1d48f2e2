using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Tests.Network;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>The certificates of a coordinator and its node are renewed under a running sweep.</summary>
public sealed class RenewalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-renewal-");
    private readonly TestCertificates _certificates;
    private readonly LiveCluster _cluster;

    public RenewalTests() => _cluster = new LiveCluster { Certificates = _certificates = new TestCertificates(_folder.FullName) };

    public void Dispose()
    {
        _cluster.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task StartedAgainTheCoordinatorShowsTheNewOneAndNoTrialIsLost()
    {
        var file = _cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs: 6));
        _cluster.StartCoordinator();
        var node = _cluster.StartNode("a");
        await _cluster.ComesUpAsync();
        await _cluster.Coordinator.SaysAsync($"{_certificates.Coordinator.Certificate} runs out on ");
        await _cluster.SubmitAsync(file);
        await _cluster.TrainsAsync("one", "a", epoch: 1);
        var before = await ShownAsync();
        var lines = _cluster.Coordinator.Lines.Count;

        _certificates.Renew();
        Signals.AskToEnd(_cluster.Coordinator.Id);

        await _cluster.KnowsAsync("a", lines);
        (await ShownAsync()).ShouldNotBe(before);
        await _cluster.EndsAsync("one");
        _cluster.ShouldHaveTheResultsOf(file, "one");
        _cluster.Read(store => store.Attempts(new TrialId("one", 1))).ShouldHaveSingleItem();
        _cluster.Coordinator.ExitCodes.ShouldBe([0]);
        node.ExitCodes.ShouldBeEmpty();
    }

    // Who takes long to make a connection, as on a busy machine, is cut off.
    private async Task<string> ShownAsync()
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromSeconds(1)))
        {
            try
            {
                return await LookAsync();
            }
            catch (IOException) when (waited.Elapsed < LiveCluster.Patience)
            {
                continue;
            }
        }
    }

    private async Task<string> LookAsync()
    {
        var own = _certificates.Node;
        using var certificate = X509Certificate2.CreateFromPemFile(own.Certificate, own.Key);
        var at = ClusterAddress.Parse(_cluster.Address, "the test");
        using var connection = new TcpClient(at.Host, at.Port);
        await using var secured = new SslStream(connection.GetStream());
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = at.Host,
            ClientCertificates = [certificate],
#pragma warning disable CA5359 // It is looked at, not trusted.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        });
        return secured.RemoteCertificate.ShouldNotBeNull().GetSerialNumberString();
    }
}
