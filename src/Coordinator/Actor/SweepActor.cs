using System.Collections.Concurrent;
using System.Threading.Channels;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Actor;

/// <summary>A mailbox around a sweep's machine: does what it decides, and everything durable first.</summary>
public sealed class SweepActor(SweepMachine machine, ITrialStore store, ICoordinatorTransport transport, CheckpointFolder checkpoints, TimeProvider time)
{
    // What is queued is saved in one transaction: one sync of the disk for many messages, and a bound on what waits for it.
    private const int BatchSize = 256;

    private readonly Channel<SweepMessage> _mailbox = Channel.CreateUnbounded<SweepMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<SweepTimer, ITimer> _timers = [];
    private readonly ConcurrentDictionary<long, TaskCompletionSource<SweepEffect.Answer>> _asked = [];
    private long _asks;
    private volatile bool _isEnding;
    private volatile bool _hasEnded;

    /// <summary>From just before the nodes are told to leave: none that goes is to be replaced.</summary>
    public bool IsEnding => _isEnding;

    /// <summary>From any thread.</summary>
    public void Tell(SweepMessage message) => _mailbox.Writer.TryWrite(message);

    /// <summary>From any thread. Answered once what follows from the command is stored and sent.</summary>
    public Task<SweepEffect.Answer> AskAsync(SweepCommand command)
    {
        var id = Interlocked.Increment(ref _asks);
        var answer = _asked[id] = new TaskCompletionSource<SweepEffect.Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Tell(new SweepMessage.Commanded(command, id));
        if (_hasEnded) RefuseAsked();
        return answer.Task;
    }

    /// <summary>Runs the sweep to its end, once.</summary>
    /// <param name="observe">Told of each event after it is stored and acted upon, in order, from one thread at a time.</param>
    /// <exception cref="StoreException">The store can't be written. The nodes are told to leave; nothing unsaved was sent.</exception>
    public async Task<SweepEffect.End> RunAsync(Action<SweepEvent> observe)
    {
        using var ended = new CancellationTokenSource();
        var listening = ListenAsync(ended.Token);
        try
        {
            Tell(new SweepMessage.Begin());
            return await WorkAsync(observe);
        }
        catch
        {
            await DismissAsync();
            throw;
        }
        finally
        {
            _hasEnded = true;
            RefuseAsked();
            foreach (var timer in _timers.Values) await timer.DisposeAsync();
            await ended.CancelAsync();
            await listening;
        }
    }

    private async Task ListenAsync(CancellationToken ended)
    {
        try
        {
            await foreach (var message in transport.Inbox.ReadAllAsync(ended)) Tell(Translate(message));
        }
        catch (OperationCanceledException)
        {
            // The sweep has ended, and nobody listens any more.
        }
    }

    private static SweepMessage Translate(FromNode message) => message switch
    {
        FromNode.Said said => new SweepMessage.NodeSaid(said.Node, said.Message),
        FromNode.Disconnected gone => new SweepMessage.NodeDisconnected(gone.Node, gone.Reason),
        _ => throw new InvalidOperationException($"No message for {message.GetType().Name}."),
    };

    private async Task<SweepEffect.End> WorkAsync(Action<SweepEvent> observe)
    {
        while (true)
        {
            await _mailbox.Reader.WaitToReadAsync();
            var (effects, heard) = Decide();
            var events = effects.OfType<SweepEffect.Save>().Select(save => save.Event).ToList();
            // Saved before sent: a crash runs a trial again, it never loses one.
            if (events.Count > 0) store.Append(events);
            // And before acknowledged: what a crash leaves unsaved is delivered again.
            if (heard > 0) await transport.AcknowledgeAsync(heard);
            var end = await ActAsync(effects);
            foreach (var happened in events) observe(happened);
            if (end is not null) return end;
        }
    }

    private (List<SweepEffect> Effects, int Heard) Decide()
    {
        var effects = new List<SweepEffect>();
        var heard = 0;
        for (var taken = 0; taken < BatchSize && _mailbox.Reader.TryRead(out var message); taken++)
        {
            if (message is SweepMessage.TimerFired { Timer: var name } && _timers.Remove(name, out var timer)) timer.Dispose();
            if (message is SweepMessage.NodeSaid or SweepMessage.NodeDisconnected) heard++;
            effects.AddRange(machine.On(message, time.GetUtcNow()));
        }
        return (effects, heard);
    }

    private async Task<SweepEffect.End?> ActAsync(List<SweepEffect> effects)
    {
        var end = effects.OfType<SweepEffect.End>().SingleOrDefault();
        if (end is not null) _isEnding = true;
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case SweepEffect.Send send: await transport.SendAsync(send.Node, send.Message, CancellationToken.None); break;
                case SweepEffect.SetTimer set: Set(set.Timer, set.After); break;
                case SweepEffect.Discard { Checkpoint: var checkpoint } when !store.Keeps(checkpoint): checkpoints.Delete(checkpoint); break;
                case SweepEffect.Answer answer when _asked.TryRemove(answer.Id, out var asked): asked.SetResult(answer); break;
            }
        }
        return end;
    }

    private void RefuseAsked()
    {
        foreach (var id in _asked.Keys)
            if (_asked.TryRemove(id, out var asked)) asked.SetResult(new SweepEffect.Answer(id, Accepted: false, "The sweep has ended."));
    }

    private void Set(SweepTimer name, TimeSpan after)
    {
        if (_timers.TryGetValue(name, out var timer)) timer.Change(after, Timeout.InfiniteTimeSpan);
        else _timers[name] = time.CreateTimer(_ => Tell(new SweepMessage.TimerFired(name)), null, after, Timeout.InfiniteTimeSpan);
    }

    private async Task DismissAsync()
    {
        _isEnding = true;
        foreach (var node in machine.Nodes) await transport.SendAsync(node, new ToNode.Leave(), CancellationToken.None);
    }
}
