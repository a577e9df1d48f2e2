using System.Threading.Channels;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.TrainerNode.Machine;

namespace FashionSweep.TrainerNode.Actor;

/// <summary>The mailbox around a <see cref="NodeMachine"/>: one reader, which performs the machine's effects in their order.</summary>
public sealed class NodeActor(NodeDescription node, ITrainer trainer, INodeTransport transport, TimeProvider clock, NodeLog log)
{
    /// <summary>
    /// How often it looks whether it has said anything; two of them may pass without a word, well below what the coordinator takes for silence.
    /// </summary>
    public static readonly TimeSpan AlivePace = TimeSpan.FromSeconds(2);

    /// <summary>How long a trial has to stop when the node must go: one that hangs in native code never does.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long the last messages have to be sent: a broker that is away may not come back.</summary>
    public static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(5);

    private readonly NodeMachine _machine = new(node);
    private readonly Channel<NodeMessage> _mailbox = Channel.CreateUnbounded<NodeMessage>(new UnboundedChannelOptions { SingleReader = true });
    private ITimer? _patience;
    private bool _hasSpoken;

    /// <summary>Stops what runs, says so, and ends. From any thread.</summary>
    public void Leave() => Tell(new NodeMessage.ToldToLeave());

    /// <summary>Joins and works until the end. When the coordinator is gone it returns at once, with trials perhaps still in work on their threads.</summary>
    /// <exception cref="RefusedException">The coordinator does not take this node.</exception>
    public async Task<NodeEnd> RunAsync()
    {
        TrainingSlot[] slots = [.. Enumerable.Range(0, node.Slots).Select(number => new TrainingSlot(number, trainer, Tell, log))];
        var outbox = new Outbox(transport, Break);
        using var pace = new PeriodicTimer(AlivePace, clock);
        foreach (var slot in slots) slot.Start();
        Tell(new NodeMessage.Connected());
        _ = Task.WhenAll(PumpOrdersAsync(), PumpAliveAsync(pace, outbox));
        try
        {
            var end = await WorkAsync(slots, outbox).ConfigureAwait(false);
            if (end != NodeEnd.CoordinatorGone && !await outbox.EndAsync(SendPatience, clock).ConfigureAwait(false))
                log.Warn("can't tell the coordinator the last of it: it will learn that this node is gone");
            return end;
        }
        finally
        {
            foreach (var slot in slots) slot.Close();
            if (_patience is { } timer) await timer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<NodeEnd> WorkAsync(TrainingSlot[] slots, Outbox outbox)
    {
        await foreach (var message in _mailbox.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            foreach (var effect in _machine.On(message))
            {
                if (effect is NodeEffect.End end) return end.Why;
                Perform(effect, slots, outbox);
            }
        }
        throw new InvalidOperationException("A mailbox ends with an error only.");
    }

    private void Perform(NodeEffect effect, TrainingSlot[] slots, Outbox outbox)
    {
        switch (effect)
        {
            case NodeEffect.Send send:
                if (send.Message is ToCoordinator.EpochReported or ToCoordinator.TrialEnded) Volatile.Write(ref _hasSpoken, true);
                outbox.Send(send.Message);
                if (send.Message is ToCoordinator.TrialEnded ended) log.Ended(ended.Lease, ended.Outcome);
                break;
            case NodeEffect.Train train:
                slots[train.Slot].Train(train.Lease, train.Spec);
                log.Tell(train.Lease, "started");
                break;
            case NodeEffect.Stop stop: slots[stop.Slot].Stop(); break;
            case NodeEffect.AwaitStops:
                log.Tell("leaving: what runs is stopped");
                _patience = clock.CreateTimer(_ => Tell(new NodeMessage.PatienceOver()), null, StopPatience, Timeout.InfiniteTimeSpan);
                break;
            case NodeEffect.Abandon hung:
                log.Warn(hung.Lease, $"hangs: told to stop {StopPatience.TotalSeconds:0} s ago, it has not; the node ends without it");
                break;
            default: throw new InvalidOperationException($"No way to perform {effect}.");
        }
    }

    private async Task PumpOrdersAsync()
    {
        try
        {
            await foreach (var order in transport.Inbox.ReadAllAsync().ConfigureAwait(false)) Tell(new NodeMessage.Ordered(order));
            Tell(new NodeMessage.CoordinatorGone());
        }
        catch (RefusedException refused)
        {
            Break(refused);
        }
    }

    // Whatever it says is a sign of life. While the broker is away one of them waits; a day's worth would be of no use.
    private async Task PumpAliveAsync(PeriodicTimer pace, Outbox outbox)
    {
        while (await pace.WaitForNextTickAsync().ConfigureAwait(false))
            if (!Interlocked.Exchange(ref _hasSpoken, false) && !outbox.IsWaiting) Tell(new NodeMessage.AliveDue());
    }

    private void Tell(NodeMessage message) => _mailbox.Writer.TryWrite(message);

    private void Break(Exception exception) => _mailbox.Writer.TryComplete(exception);
}
