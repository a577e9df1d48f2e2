using System.Collections.Concurrent;
using System.Threading.Channels;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Actors;

/// <summary>A mailbox around a cluster's machine: does what it decides, and everything durable first.</summary>
public sealed class ClusterActor(ClusterMachine machine, ITrialStore store, ICoordinatorTransport transport, CheckpointFolder checkpoints, TimeProvider time)
{
    // What is queued is saved in one transaction: one sync of the disk for many messages, and a bound on what waits for it.
    private const int BatchSize = 256;

    private readonly Channel<ClusterMessage> _mailbox = Channel.CreateUnbounded<ClusterMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TimerBoard _timers = new(time);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<ClusterEffect.Answer>> _asked = [];
    private long _asks;
    private long _busySince;
    private volatile bool _isEnding;
    private volatile bool _hasEnded;

    /// <summary>From just before the nodes are told to leave: none that goes is to be replaced.</summary>
    public bool IsEnding => _isEnding;

    /// <summary>Told of each write to the store: how many events, and how long it took.</summary>
    public Action<int, TimeSpan> OnAppended { get; init; } = (_, _) => { };

    /// <summary>Whether the store has a checkpoint. A node may have been given another folder, and what it wrote there nobody would find.</summary>
    public Func<Checkpoint, bool> HasCheckpoint { get; init; } = _ => true;

    /// <summary>How long it has worked on what it took from its mailbox last; zero where it waits for more. From any thread.</summary>
    public TimeSpan BusyFor => Interlocked.Read(ref _busySince) is not 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>From any thread.</summary>
    public void Tell(ClusterMessage message) => _mailbox.Writer.TryWrite(message);

    /// <summary>From any thread. Answered once what follows from the command is stored, sent and observed.</summary>
    /// <param name="completed">The sweep's completed trials, where the command is about the best of them.</param>
    public Task<ClusterEffect.Answer> AskAsync(string sweep, SweepCommand command, params IReadOnlyList<TrialRecord> completed) =>
        AskAsync(id => new ClusterMessage.Commanded(sweep, command, id) { Completed = completed });

    /// <summary>From any thread. Answered once the node is told and those who observe know of it.</summary>
    public Task<ClusterEffect.Answer> DrainAsync(NodeId node) => AskAsync(id => new ClusterMessage.DrainAsked(node, id));

    /// <summary>Runs the cluster to its end, once.</summary>
    /// <param name="observe">Told of each event after it is stored and acted upon, in order, from one thread at a time.</param>
    /// <param name="handOver">Ends the work between two messages, without a word to the nodes: another coordinator will go on.</param>
    /// <returns>How its last sweep has ended; null where it was handed over.</returns>
    /// <exception cref="StoreException">
    /// The store can't be written; nothing unsaved was sent. The nodes of a cluster that ends with its sweeps are told to leave.
    /// </exception>
    public async Task<ClusterEffect.End?> RunAsync(Action<SweepEvent> observe, CancellationToken handOver = default)
    {
        using var ended = new CancellationTokenSource();
        var listening = ListenAsync(ended.Token);
        try
        {
            return await WorkAsync(observe, handOver);
        }
        catch (OperationCanceledException) when (handOver.IsCancellationRequested)
        {
            return null;
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
            _timers.ClearAll();
            await ended.CancelAsync();
            await listening;
        }
    }

    private Task<ClusterEffect.Answer> AskAsync(Func<long, ClusterMessage> message)
    {
        var id = Interlocked.Increment(ref _asks);
        var answer = _asked[id] = new TaskCompletionSource<ClusterEffect.Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Tell(message(id));
        if (_hasEnded) RefuseAsked();
        return answer.Task;
    }

    private async Task ListenAsync(CancellationToken ended)
    {
        try
        {
            await foreach (var message in transport.Inbox.ReadAllAsync(ended)) Tell(Translate(message));
        }
        catch (OperationCanceledException)
        {
            // The work has ended, and nobody listens any more.
        }
        catch (Exception fault)
        {
            // Deaf, it would wait for ever.
            _mailbox.Writer.TryComplete(fault);
        }
    }

    private ClusterMessage Translate(FromNode message) => message switch
    {
        FromNode.Said { Message: ToCoordinator.TrialEnded { Outcome: TrialOutcome.Completed { Result: var result } } ended } said
            when !HasCheckpoint(result.Checkpoint) =>
            new ClusterMessage.NodeSaid(said.Node, ended with
            {
                Outcome = new TrialOutcome.Failed(
                    $"its checkpoint is not in the coordinator's store: give node {said.Node} that folder as --store, or --coordinator URL"),
            }),
        FromNode.Said said => new ClusterMessage.NodeSaid(said.Node, said.Message),
        FromNode.Disconnected gone => new ClusterMessage.NodeDisconnected(gone.Node, gone.Reason, gone.HasLeft),
        FromNode.CutOff cut => new ClusterMessage.CutOff(cut.Reason),
        FromNode.Reconnected => new ClusterMessage.Reconnected(),
        _ => throw new InvalidOperationException($"No message for {message.GetType().Name}."),
    };

    private async Task<ClusterEffect.End> WorkAsync(Action<SweepEvent> observe, CancellationToken handOver)
    {
        while (true)
        {
            await _mailbox.Reader.WaitToReadAsync(handOver);
            _busySince = time.GetTimestamp();
            var (effects, heard) = Decide();
            var events = effects.OfType<ClusterEffect.Save>().Select(save => save.Event).ToList();
            // Saved before sent: a crash runs a trial again, it never loses one.
            if (events.Count > 0) Append(events);
            // And before acknowledged: what a crash leaves unsaved is delivered again.
            if (heard > 0) await transport.AcknowledgeAsync(heard);
            var end = await ActAsync(effects);
            foreach (var happened in events) observe(happened);
            // Answered last: whoever has an answer can look at what follows from it.
            Answer(effects);
            if (end is not null) return end;
            _busySince = 0;
        }
    }

    private void Append(List<SweepEvent> events)
    {
        var started = time.GetTimestamp();
        store.Append(events);
        OnAppended(events.Count, time.GetElapsedTime(started));
    }

    private (List<ClusterEffect> Effects, int Heard) Decide()
    {
        var effects = new List<ClusterEffect>();
        var heard = 0;
        for (var taken = 0; taken < BatchSize && _mailbox.Reader.TryRead(out var message); taken++)
        {
            if (message is ClusterMessage.TimerFired fired && !_timers.Take(fired)) continue;
            if (message is ClusterMessage.NodeSaid or ClusterMessage.NodeDisconnected or ClusterMessage.CutOff or ClusterMessage.Reconnected) heard++;
            effects.AddRange(machine.On(message, time.GetUtcNow()));
        }
        return (effects, heard);
    }

    private async Task<ClusterEffect.End?> ActAsync(List<ClusterEffect> effects)
    {
        var end = effects.OfType<ClusterEffect.End>().SingleOrDefault();
        if (end is not null) _isEnding = true;
        var orders = effects.OfType<ClusterEffect.Send>().Select(send => (send.Node, send.Message)).ToList();
        if (orders.Count > 0) await transport.SendAsync(orders, CancellationToken.None);
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case ClusterEffect.SetTimer set: _timers.Set(set.Timer, set.After, Tell); break;
                case ClusterEffect.ClearTimer clear: _timers.Clear(clear.Timer); break;
                case ClusterEffect.Discard { Checkpoint: var checkpoint } when !store.Keeps(checkpoint): checkpoints.Delete(checkpoint); break;
            }
        }
        return end;
    }

    private void Answer(List<ClusterEffect> effects)
    {
        foreach (var answer in effects.OfType<ClusterEffect.Answer>())
            if (_asked.TryRemove(answer.Id, out var asked)) asked.SetResult(answer);
    }

    private void RefuseAsked()
    {
        foreach (var id in _asked.Keys)
            if (_asked.TryRemove(id, out var asked)) asked.SetResult(new ClusterEffect.Answer(id, Accepted: false, "The work here has ended."));
    }

    private async Task DismissAsync()
    {
        _isEnding = true;
        if (machine.IsStanding) return;
        foreach (var node in machine.Nodes) await transport.SendAsync(node, new ToNode.Leave(), CancellationToken.None);
    }
}
