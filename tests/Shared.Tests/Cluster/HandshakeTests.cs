using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;

namespace FashionSweep.Shared.Tests.Cluster;

/// <summary>A peer is killed, or frozen and then killed, while TLS is being agreed upon.</summary>
[Collection("actor systems")]
public sealed class HandshakeTests : IDisposable
{
    private readonly TcpListener _dying = new(IPAddress.Loopback, 0);

    public HandshakeTests() => _dying.Start();

    public void Dispose() => _dying.Dispose();

    [Fact]
    public async Task ABrokenHandshakeEndsNobodysMembership()
    {
        var run = ThrowAwayCertificate.Create(TimeProvider.System);
        await using var cluster = ClusterTestSystem.Open(run.Tls);
        var node = cluster.AddNode(run.Tls);
        Akka.Cluster.Cluster.Get(node).JoinSeedNodes([cluster.CoordinatorAddress]);
        (await cluster.HasMemberAsync(node, ClusterTestSystem.Patience)).ShouldBeTrue();

        // A shutdown that has begun is over by the third.
        for (var times = 0; times < 3; times++)
            foreach (var system in new[] { cluster.Coordinator, node })
                await BreakAsync(system);

        (await cluster.HasMemberAsync(node, ClusterTestSystem.Patience)).ShouldBeTrue();
        (await cluster.HasMemberAsync(cluster.Coordinator, ClusterTestSystem.Patience)).ShouldBeTrue();
        cluster.LinksFrom(node).Tell(new NodeWord.Alive(new("n"), "p"));
        (await cluster.HearAsync()).Message.ShouldBe(new NodeWord.Alive(new("n"), "p"));
    }

    // Whoever sends dials, and is cut off once he has said his first word.
    private async Task BreakAsync(ActorSystem system)
    {
        var there = new ClusterAddress("127.0.0.1", ((IPEndPoint)_dying.LocalEndpoint).Port);
        var dialed = _dying.AcceptSocketAsync();
        while (!dialed.IsCompleted)
        {
            ClusterConfig.LinksOf(there, isEncrypted: true, system).Tell(new NodeWord.Alive(new("n"), "p"));
            await Task.WhenAny(dialed, Task.Delay(100));
        }
        using var socket = await dialed;
        await socket.ReceiveAsync(new byte[1]);
    }
}
