using System.Threading.Channels;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.TrainerNode.Machine;

namespace FashionSweep.TrainerNode.Actor;

/// <summary>The mailbox around a <see cref="NodeMachine"/>: one reader, which performs the machine's effects in their order.</summary>
/// <param name="log">Gets the stack traces of failed trials.</param>
public sealed class NodeActor(NodeDescription node, ITrainer trainer, INodeTransport transport, TimeProvider clock, TextWriter log)
{
    public static readonly TimeSpan AlivePace = TimeSpan.FromSeconds(2);

    private readonly NodeMachine _machine = new(node);
    private readonly Channel<NodeMessage> _mailbox = Channel.CreateUnbounded<NodeMessage>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>As if the coordinator had said <see cref="ToNode.Leave"/>. From any thread.</summary>
    public void Leave() => Tell(new NodeMessage.Ordered(new ToNode.Leave()));

    /// <summary>Joins and works until the end. When the coordinator is gone it returns at once, with trials perhaps still in work on their threads.</summary>
    public async Task<NodeEnd> RunAsync()
    {
        TrainingSlot[] slots = [.. Enumerable.Range(0, node.Slots).Select(number => new TrainingSlot(number, trainer, Tell, log))];
        using var pace = new PeriodicTimer(AlivePace, clock);
        foreach (var slot in slots) slot.Start();
        Tell(new NodeMessage.Connected());
        _ = Task.WhenAll(PumpOrdersAsync(), PumpAliveAsync(pace));
        try
        {
            return await WorkAsync(slots).ConfigureAwait(false);
        }
        finally
        {
            foreach (var slot in slots) slot.Close();
        }
    }

    private async Task<NodeEnd> WorkAsync(TrainingSlot[] slots)
    {
        await foreach (var message in _mailbox.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            foreach (var effect in _machine.On(message))
            {
                if (effect is NodeEffect.End end) return end.Why;
                await PerformAsync(effect, slots).ConfigureAwait(false);
            }
        }
        throw new InvalidOperationException("A mailbox is never closed.");
    }

    private async ValueTask PerformAsync(NodeEffect effect, TrainingSlot[] slots)
    {
        switch (effect)
        {
            case NodeEffect.Send send: await transport.SendAsync(send.Message, CancellationToken.None).ConfigureAwait(false); break;
            case NodeEffect.Train train: slots[train.Slot].Train(train.Lease, train.Spec); break;
            case NodeEffect.Stop stop: slots[stop.Slot].Stop(); break;
            default: throw new InvalidOperationException($"No way to perform {effect}.");
        }
    }

    private async Task PumpOrdersAsync()
    {
        await foreach (var order in transport.Inbox.ReadAllAsync().ConfigureAwait(false)) Tell(new NodeMessage.Ordered(order));
        Tell(new NodeMessage.CoordinatorGone());
    }

    private async Task PumpAliveAsync(PeriodicTimer pace)
    {
        while (await pace.WaitForNextTickAsync().ConfigureAwait(false)) Tell(new NodeMessage.AliveDue());
    }

    private void Tell(NodeMessage message) => _mailbox.Writer.TryWrite(message);
}
