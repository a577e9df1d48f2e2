using System.Text.RegularExpressions;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Tests.Transport;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Transport.RabbitMq;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using RabbitMQ.Client;

namespace FashionSweep.TrainerNode.Tests.Broker;

/// <summary>The node program itself on a real broker, with the coordinator played by the test.</summary>
[Collection(BrokerTests.Name)]
public sealed partial class NodeOnBrokerTests(RabbitMqBroker broker) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private static readonly NodeId Ann = new("ann");
    private static readonly Lease Lease = new(new TrialId("quick", 1), Ann, 1);

    private readonly RabbitMqOptions _options = broker.Options();
    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("fsweep-node-test-");
    private readonly RabbitMqRelay _network = new(broker.Port);
    private RabbitMqCoordinatorTransport _coordinator = null!;

    public async ValueTask InitializeAsync() => _coordinator = await RabbitMqCoordinatorTransport.ConnectAsync(_options, _ => { }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _coordinator.DisposeAsync();
        _network.Dispose();
        _store.Delete(recursive: true);
    }

    [Fact]
    public async Task ItJoinsTrainsReportsAndLeavesWhenTold()
    {
        using var node = Start();
        var joined = (await HearAsync()).ShouldBeOfType<ToCoordinator.NodeJoined>();
        (joined.Node.Id, joined.Node.Slots, joined.Node.Version, joined.Node.Host).ShouldBe((Ann, 1, Release.Version, Environment.MachineName));
        await OrderAsync(new ToNode.StartTrial(Lease, SpecOf(epochs: 1)));
        (await HearAsync()).ShouldBeOfType<ToCoordinator.EpochReported>().Lease.ShouldBe(Lease);
        var result = (await HearAsync()).ShouldBeOfType<ToCoordinator.TrialEnded>().Outcome.ShouldBeOfType<TrialOutcome.Completed>().Result;
        File.Exists(Path.Combine(_store.FullName, "checkpoints", result.Checkpoint.FileName)).ShouldBeTrue();

        node.TellToEnd();

        await LeavesAsync();
        var (exitCode, errors) = await node.EndAsync();
        exitCode.ShouldBe(0, errors);
        LinePattern().Matches(errors).Select(line => line.Groups["what"].Value.Split(' ')[0]).ShouldBe(["joined", "started", "completed", "left"], errors);
    }

    [Fact]
    public async Task ToldToEndItStopsWhatRunsAndSaysSo()
    {
        using var node = Start();
        await HearAsync();
        await OrderAsync(new ToNode.StartTrial(Lease, SpecOf(epochs: 1000)));
        (await HearAsync()).ShouldBeOfType<ToCoordinator.EpochReported>();

        node.TellToEnd();

        ToCoordinator heard;
        while ((heard = await HearAsync()) is ToCoordinator.EpochReported) continue;
        heard.ShouldBeOfType<ToCoordinator.NodeJoined>().IsDraining.ShouldBeTrue();
        while ((heard = await HearAsync()) is ToCoordinator.EpochReported) continue;
        heard.ShouldBe(new ToCoordinator.TrialEnded(Lease, new TrialOutcome.Stopped()));
        await LeavesAsync();
        (await node.EndAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task DrainedItFinishesWhatRunsAndEnds()
    {
        using var node = Start();
        await HearAsync();
        await OrderAsync(new ToNode.StartTrial(Lease, SpecOf(epochs: 1)));
        await OrderAsync(new ToNode.Drain());
        (await HearAsync()).ShouldBeOfType<ToCoordinator.EpochReported>();
        (await HearAsync()).ShouldBeOfType<ToCoordinator.TrialEnded>().Outcome.ShouldBeOfType<TrialOutcome.Completed>();
        await LeavesAsync();
        (await node.EndAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task WhileTheBrokerIsAwayItLeavesAllTheSame()
    {
        using var node = Start(_network.Port);
        await HearAsync();
        _network.TakeDown();
        node.TellToEnd();
        var (exitCode, errors) = await node.EndAsync();
        exitCode.ShouldBe(0, errors);
    }

    [Fact]
    public async Task ToldAgainItEndsAtOnce()
    {
        using var node = Start(_network.Port);
        await HearAsync();
        _network.TakeDown();
        // It would wait two seconds for the broker to take its goodbye.
        while (!node.HasEnded)
        {
            node.TellToEnd();
            await Task.Delay(50);
        }
        (await node.EndAsync()).ExitCode.ShouldBe(130);
    }

    [Fact]
    public async Task ASecondNodeOfItsNameIsTurnedAway()
    {
        using var first = Start();
        await HearAsync();
        using var second = Start();
        var (exitCode, errors) = await second.EndAsync();
        exitCode.ShouldBe(2, errors);
        errors.ShouldBe($"fsweep-node: A node named ann is connected to cluster {_options.Cluster} already: give this one another --name.\n");
    }

    [Fact]
    public async Task ANodeOfAnotherVersionEndsAndSaysWhatToDo()
    {
        using var node = Start();
        await HearAsync();
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync(
            "", $"fsweep.{_options.Cluster}.coordinator", mandatory: true, new BasicProperties { AppId = "ann" }, "{\"v\":2}"u8.ToArray());
        var (exitCode, errors) = await node.EndAsync();
        exitCode.ShouldBe(2, errors);
        errors.ShouldContain($"fsweep-node: the coordinator of cluster {_options.Cluster} speaks protocol 1 (fsweep {Release.Version}), this node speaks");
    }

    private NodeProcess Start(int? port = null) => new(port ?? broker.Port, _options.Cluster, Ann.Name, _store.FullName);

    private static TrialSpec SpecOf(int epochs) => new(
        Lease.Trial,
        TrainerCatalog.Parameters.Complete(
            new ParameterSet(new Dictionary<string, ParameterValue> { ["depth"] = 0L, ["epochs"] = (long)epochs, ["batch_size"] = 1000L }), sweepSeed: 1),
        Objective.Default);

    private ValueTask OrderAsync(ToNode order) => _coordinator.SendAsync(Ann, order, CancellationToken.None);

    private async Task LeavesAsync()
    {
        FromNode told;
        while ((told = await ReadAsync()) is FromNode.Said { Message: ToCoordinator.NodeAlive }) continue;
        told.ShouldBe(new FromNode.Disconnected(Ann, "The node has left.", HasLeft: true));
    }

    // Signs of life aside: when they come depends on the machine.
    private async Task<ToCoordinator> HearAsync()
    {
        while (true)
            if ((await ReadAsync()).ShouldBeOfType<FromNode.Said>().Message is not ToCoordinator.NodeAlive and var message) return message;
    }

    private async Task<FromNode> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var read = await _coordinator.Inbox.ReadAsync(patience.Token);
        await _coordinator.AcknowledgeAsync(1);
        return read;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ann (trial=quick/1 lease=quick/1#1@ann )?(?<what>.*)$", RegexOptions.Multiline)]
    private static partial Regex LinePattern();
}
