using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Tests.Network;
using FashionSweep.Shared.Tests.Protocol;

namespace FashionSweep.Shared.Tests.Cluster;

/// <summary>Real actor systems on loopback: who may join, and what goes over the wire.</summary>
[Collection("actor systems")]
public sealed class JoiningTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ANodeJoinsAndEachEndUnderstandsTheOther(bool isEncrypted)
    {
        var run = isEncrypted ? ThrowAwayCertificate.Create(TimeProvider.System) : null;
        await using var cluster = ClusterTestSystem.Open(run?.Tls);
        // As a child gets it.
        var node = cluster.AddNode(run is null ? null : ThrowAwayCertificate.Parse(run.Text).Tls);
        Akka.Cluster.Cluster.Get(node).JoinSeedNodes([cluster.CoordinatorAddress]);
        (await cluster.HasMemberAsync(node, Soon)).ShouldBeTrue();

        var inbox = Inbox.Create(node);
        var news = new NodeWord.News(Messages.Lease.Node, "p", 1, Messages.ToCoordinator);
        cluster.LinksFrom(node).Tell(news, inbox.Receiver);
        var (heard, sender) = await cluster.HearAsync();
        heard.ShouldBeOfType<NodeWord.News>().Messages.Count.ShouldBe(news.Messages.Count);
        foreach (var word in new CoordinatorWord[]
        {
            new CoordinatorWord.Welcome(), new CoordinatorWord.Saved(7), new CoordinatorWord.Refused("größer"),
        })
        {
            sender.Tell(word);
            inbox.Receive(ClusterTestSystem.Patience).ShouldBe(word);
        }
        sender.Tell(new CoordinatorWord.Orders(Messages.ToNode));
        inbox.Receive(ClusterTestSystem.Patience).ShouldBeOfType<CoordinatorWord.Orders>().Messages.ShouldBe(Messages.ToNode);
    }

    [Fact]
    public async Task ASecondCoordinatorAtItsPortIsRefused()
    {
        await using var cluster = ClusterTestSystem.Open(null);
        var config = ClusterConfig.ForCoordinator(cluster.Address, isEncrypted: false);
        Should.Throw<Exception>(() => ClusterSystems.Create(config, null)).ToString().ShouldContain("Failed to bind");
    }

    [Fact]
    public async Task WhoeverShowsAnotherCertificateOrNoneIsNotLetIn()
    {
        var run = ThrowAwayCertificate.Create(TimeProvider.System);
        await using var cluster = ClusterTestSystem.Open(run.Tls);
        var other = cluster.AddNode(ThrowAwayCertificate.Create(TimeProvider.System).Tls);
        var plain = cluster.Add(ClusterConfig.ForNode(cluster.Address.Host, isEncrypted: false), null);

        foreach (var stranger in new[] { other, plain })
        {
            cluster.LinksFrom(stranger).Tell(new NodeWord.Alive(new NodeId("a"), "p"), ActorRefs.NoSender);
        }

        Akka.Cluster.Cluster.Get(other).JoinSeedNodes([cluster.CoordinatorAddress]);
        (await cluster.HasMemberAsync(other, TimeSpan.FromSeconds(3))).ShouldBeFalse();
        cluster.HasHeard.ShouldBeFalse();
        // Whoever belongs there still comes in.
        var node = cluster.AddNode(run.Tls);
        Akka.Cluster.Cluster.Get(node).JoinSeedNodes([cluster.CoordinatorAddress]);
        (await cluster.HasMemberAsync(node, Soon)).ShouldBeTrue();
    }

    [Fact]
    public async Task ARenewedCertificateIsShownByTheNextMembership()
    {
        var folder = Directory.CreateTempSubdirectory("fsweep-renewal-");
        var certificates = new TestCertificates(folder.FullName);
        var shown = new List<string>();
        await using var cluster = ClusterTestSystem.Open(new ClusterTls(
            X509Certificate2.CreateFromPemFile(certificates.Coordinator.Certificate, certificates.Coordinator.Key),
            (certificate, _) =>
            {
                lock (shown) shown.Add(certificate.SerialNumber);
                return null;
            }));

        await SpeakAsync("before");
        certificates.Renew();
        await SpeakAsync("after");

        lock (shown) shown.Distinct().Count().ShouldBe(2);
        folder.Delete(recursive: true);

        async Task SpeakAsync(string process)
        {
            var node = cluster.AddNode(certificates.Node.ForNode(cluster.Address.Host, _ => { }));
            var word = new NodeWord.Alive(new NodeId("a"), process);
            var heard = HearAsync(word);
            // What is said is lost with a connection that isn't made in time.
            while (await Task.WhenAny(heard, Task.Delay(TimeSpan.FromSeconds(1))) != heard) cluster.LinksFrom(node).Tell(word, ActorRefs.NoSender);
            await heard;
            await node.Terminate();
        }

        async Task HearAsync(NodeWord word)
        {
            while (!word.Equals((await cluster.HearAsync()).Message)) continue;
        }
    }
}
