using Akka.Actor;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Tests.Cluster;

/// <summary>Whoever reaches the port of a coordinator that is not encrypted, which it is on loopback alone: what he sends does nothing.</summary>
[Collection("actor systems")]
public sealed class StrangerTests : IAsyncDisposable
{
    private readonly ClusterTestSystem _cluster = ClusterTestSystem.Open(null);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task NoActorIsDeployedHere()
    {
        var stranger = _cluster.AddStranger();
        var deployed = new TaskCompletionSource();
        Deployed.Started = () => deployed.TrySetResult();

        stranger.ActorOf(Props.Create<Deployed>().WithDeploy(new Deploy(new RemoteScope(_cluster.CoordinatorAddress))), "deployed").Tell("start");

        await GoesOnAsync();
        deployed.Task.IsCompleted.ShouldBeFalse();
    }

    [Theory]
    [InlineData("/user/coordinator/links")]
    [InlineData("/user/coordinator")]
    [InlineData("/user")]
    [InlineData("/system")]
    [InlineData("/system/cluster")]
    public async Task NobodyEndsAnActor(string path)
    {
        var stranger = _cluster.AddStranger();
        foreach (var word in new object[] { PoisonPill.Instance, Kill.Instance })
        {
            stranger.ActorSelection($"{ClusterConfig.Uri(_cluster.Address, isEncrypted: false)}{path}").Tell(word);
            _cluster.LinksFrom(stranger).Tell(word);
        }

        await GoesOnAsync();
        _cluster.Coordinator.WhenTerminated.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task ObjectsOfTypesThatAMessageNamesAreNotMade()
    {
        var stranger = _cluster.AddStranger();

        _cluster.LinksFrom(stranger).Tell(new FileInfo("/etc/passwd"));
        _cluster.LinksFrom(stranger).Tell(new Uninvited());

        await GoesOnAsync();
        Uninvited.Made.ShouldBe(1);
    }

    [Theory]
    [InlineData("n2", "garbage", null)]
    [InlineData("n2", """{"type":"alive","node":null,"process":"p"}""", null)]
    [InlineData("n2", """{"type":"news","node":"a","process":"p","first":1,"messages":[null]}""", null)]
    [InlineData("n99", """{"type":"from_the_future"}""", 99)]
    [InlineData("System.Diagnostics.Process", "x", null)]
    public async Task WhatIsNoWordIsToldAsSuch(string manifest, string text, int? otherVersion)
    {
        var stranger = _cluster.AddStranger(Raw.Configuration);

        _cluster.LinksFrom(stranger).Tell(new Raw(manifest, text));

        (await _cluster.HearAsync()).Message.ShouldBeOfType<Unreadable>().OtherVersion.ShouldBe(otherVersion);
        await GoesOnAsync();
    }

    [Fact]
    public async Task AGiantIsDropped()
    {
        var stranger = _cluster.AddStranger($$"""
            akka.remote.dot-netty.tcp { maximum-frame-size = 8000000b, send-buffer-size = 16000000b, receive-buffer-size = 16000000b }
            {{Raw.Configuration}}
            """);

        _cluster.LinksFrom(stranger).Tell(new Raw("n2", new string('x', 3_000_000)));

        await GoesOnAsync();
    }

    // A node joins and is heard, and it is the first that is.
    private async Task GoesOnAsync()
    {
        var node = _cluster.AddNode(null);
        Akka.Cluster.Cluster.Get(node).JoinSeedNodes([_cluster.CoordinatorAddress]);
        (await _cluster.HasMemberAsync(node, ClusterTestSystem.Patience)).ShouldBeTrue();
        var alive = new NodeWord.Alive(new NodeId("a"), "p");
        _cluster.LinksFrom(node).Tell(alive, ActorRefs.NoSender);
        (await _cluster.HearAsync()).Message.ShouldBe(alive);
    }

    private sealed class Deployed : ReceiveActor
    {
        public static Action Started { get; set; } = () => { };

        public Deployed() => Started();
    }

    private sealed class Uninvited
    {
        public static int Made { get; private set; }

        public Uninvited() => Made++;
    }
}
