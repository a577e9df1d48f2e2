using System.Collections.Concurrent;
using System.Threading.Channels;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Transport.RabbitMq;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Tests.Transport;

/// <summary>One cluster in a test: its ends, and what is heard at them within a limit that only a failing test reaches.</summary>
internal sealed class RabbitMqBench(RabbitMqBroker broker) : IAsyncDisposable
{
    public static readonly NodeId Ann = new("ann");

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly Stack<IAsyncDisposable> _ends = [];

    public RabbitMqOptions Options { get; } = broker.Options();

    public ConcurrentQueue<string> Log { get; } = [];

    public async Task<RabbitMqCoordinatorTransport> CoordinateAsync(int? port = null) =>
        Own(await RabbitMqCoordinatorTransport.ConnectAsync(Through(port), Log.Enqueue, CancellationToken.None).WaitAsync(Patience));

    public async Task<RabbitMqNodeTransport> JoinAsync(NodeId node, int? port = null) =>
        Own(await RabbitMqNodeTransport.ConnectAsync(Through(port), node, Log.Enqueue, CancellationToken.None).WaitAsync(Patience));

    public static async Task SayAsync(RabbitMqNodeTransport node, int first, int last)
    {
        for (var attempt = first; attempt <= last; attempt++) await node.SendAsync(Ended(attempt), CancellationToken.None).AsTask().WaitAsync(Patience);
    }

    /// <summary>Reads without acknowledging.</summary>
    public static async Task<T> ReadAsync<T>(ChannelReader<T> inbox)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await inbox.ReadAsync(patience.Token);
    }

    /// <summary>Reads and acknowledges these attempts of a node, which must be all that comes.</summary>
    /// <param name="ofConnections">Gets what is heard meanwhile of the coordinator's connection and the node's; null: nothing may be.</param>
    public static async Task HearAsync(RabbitMqCoordinatorTransport coordinator, int first, int last, List<FromNode>? ofConnections = null)
    {
        for (var attempt = first; attempt <= last;)
        {
            var heard = await ReadAsync(coordinator.Inbox);
            if (ofConnections is not null && heard is not FromNode.Said) ofConnections.Add(heard);
            else AttemptOf(heard).ShouldBe(attempt++);
            await coordinator.AcknowledgeAsync(1);
        }
    }

    public static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds()) await Task.Delay(10, patience.Token);
    }

    public static int AttemptOf(FromNode heard) => heard.ShouldBeOfType<FromNode.Said>().Message.ShouldBeOfType<ToCoordinator.TrialEnded>().Lease.Attempt;

    public static ToCoordinator Ended(int attempt) => new ToCoordinator.TrialEnded(LeaseOf(attempt), new TrialOutcome.Stopped());

    public static Lease LeaseOf(int attempt) => new(new TrialId("quick", 1), Ann, attempt);

    public async ValueTask DisposeAsync()
    {
        while (_ends.TryPop(out var end)) await end.DisposeAsync();
    }

    private RabbitMqOptions Through(int? port) => port is null ? Options : broker.Options(Options.Cluster, port);

    private T Own<T>(T end)
        where T : IAsyncDisposable
    {
        _ends.Push(end);
        return end;
    }
}
