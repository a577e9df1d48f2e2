using System.Text;
using Akka.Actor;
using Akka.Configuration;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Tests.Cluster;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>Anyone who reaches the port of a coordinator that is not encrypted can send it anything.</summary>
[Collection(nameof(StandingCluster))]
public sealed class BadMessageTests(StandingCluster standing)
{
    private const int Huge = 3 << 20;

    private readonly LiveCluster _cluster = standing.Cluster;

    [Fact]
    public async Task WhatIsNoMessageIsSetAsideAndTheSweepGoesOn()
    {
        var (file, trial) = await standing.TrainAsync("attacked", epochs: 4);
        var (lines, ended) = (_cluster.Coordinator.Lines.Count, _cluster.Coordinator.ExitCodes.Count);
        using var intruder = Intruder();
        var links = ClusterConfig.LinksOf(ClusterAddress.Parse(_cluster.Address, "the test"), isEncrypted: false, intruder);

        links.Tell(new Raw("n2", "garbage"));
        links.Tell(new Raw("n99", "{}"));
        links.Tell(new Raw("System.Diagnostics.Process", "x"));
        links.Tell(PoisonPill.Instance);
        links.Tell(Kill.Instance);
        links.Tell(new FileInfo("/etc/passwd"));
        var coordinator = Address.Parse(ClusterConfig.Uri(ClusterAddress.Parse(_cluster.Address, "the test"), isEncrypted: false));
        foreach (var path in new[] { "/user/coordinator", "/user", "/system", "/system/cluster" })
            foreach (var end in new object[] { PoisonPill.Instance, Kill.Instance }) intruder.ActorSelection($"{coordinator}{path}").Tell(end);
        intruder.ActorOf(Props.Create<Deployed>().WithDeploy(new Deploy(new RemoteScope(coordinator))), "deployed").Tell("start");
        foreach (var forged in new[] { Forged(trial, node: "stranger"), Forged(trial, node: "a") })
            links.Tell(new Raw("n2", Encoding.UTF8.GetString(WordFormat.Encode(new NodeWord.News(forged.Lease.Node, "intruder", 1, [forged])))));

        await _cluster.Coordinator.SaysAsync("refused 1 messages up to now, the last: ", lines);
        await _cluster.Coordinator.SaysAsync("speaks protocol 99", lines);
        // It ends the connection that it came over.
        links.Tell(new Raw("n2", new string('x', Huge)));
        await _cluster.EndsAsync("attacked");
        _cluster.ShouldHaveTheResultsOf(file, "attacked");
        _cluster.Read(store => store.Attempts(trial)).ShouldHaveSingleItem();
        _cluster.Coordinator.ExitCodes.Count.ShouldBe(ended);
        _cluster.Coordinator.Lines.Skip(lines).ShouldNotContain(line => line.Contains("   at ", StringComparison.Ordinal));
        standing.Node.ExitCodes.ShouldBeEmpty();
        await intruder.Terminate();
    }

    // A result that nobody has worked for.
    private static ToCoordinator.TrialEnded Forged(TrialId trial, string node) =>
        new(new Lease(trial, new NodeId(node), 1), new TrialOutcome.Diverged(1, 1, "forged"));

    private static ActorSystem Intruder() => ActorSystem.Create(ClusterConfig.SystemName, ConfigurationFactory.ParseString($$"""
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.actor.provider = cluster
        akka.remote.dot-netty.tcp {
          hostname = "127.0.0.1"
          port = 0
          maximum-frame-size = 8000000b
          send-buffer-size = 16000000b
          receive-buffer-size = 16000000b
        }
        {{Raw.Configuration}}
        """));

    private sealed class Deployed : ReceiveActor;
}
