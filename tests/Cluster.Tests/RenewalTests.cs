using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>The certificates of a coordinator and its node are renewed under a running sweep.</summary>
[Collection(nameof(SecuredCluster))]
public sealed class RenewalTests(SecuredCluster secured)
{
    private readonly LiveCluster _cluster = secured.Cluster;

    [Fact]
    public async Task StartedAgainTheCoordinatorShowsTheNewOneAndNoTrialIsLost()
    {
        var file = await secured.TrainAsync("renewed", epochs: 6);
        await _cluster.Coordinator.SaysAsync($"{secured.Certificates.Coordinator.Certificate} runs out on ");
        var before = await ShownAsync();
        var (lines, ended) = (_cluster.Coordinator.Lines.Count, _cluster.Coordinator.ExitCodes.Count);

        secured.Certificates.Renew();
        Signals.AskToEnd(_cluster.Coordinator.Id);

        await _cluster.KnowsAsync("a", lines);
        (await ShownAsync()).ShouldNotBe(before);
        await _cluster.EndsAsync("renewed");
        _cluster.ShouldHaveTheResultsOf(file, "renewed");
        _cluster.Read(store => store.Attempts(new TrialId("renewed", 1))).ShouldHaveSingleItem();
        _cluster.Coordinator.ExitCodes.Skip(ended).ShouldBe([0]);
        secured.Node.ExitCodes.ShouldBeEmpty();
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
        var own = secured.Certificates.Node;
        using var certificate = X509Certificate2.CreateFromPemFile(own.Certificate, own.Key);
        var at = ClusterAddress.Parse(_cluster.Address, "the test");
        using var connection = new TcpClient(at.Host, at.Port);
        await using var shown = new SslStream(connection.GetStream());
        await shown.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = at.Host,
            ClientCertificates = [certificate],
#pragma warning disable CA5359 // It is looked at, not trusted.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        });
        return shown.RemoteCertificate.ShouldNotBeNull().GetSerialNumberString();
    }
}
