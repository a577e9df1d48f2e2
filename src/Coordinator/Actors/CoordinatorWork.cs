using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Actors;

/// <summary>What a <see cref="CoordinatorActor"/> works with, and what others see of its work.</summary>
public sealed class CoordinatorWork(ClusterMachine machine, ITrialStore store, CheckpointFolder checkpoints, TimeProvider time)
{
    private long _busySince;
    private volatile bool _isEnding;

    public ClusterMachine Machine => machine;

    public TimeProvider Time => time;

    /// <summary>From just before the nodes are told to leave: none that goes is to be replaced.</summary>
    public bool IsEnding
    {
        get => _isEnding;
        internal set => _isEnding = value;
    }

    /// <summary>Told of each write to the store: how many events, and how long it took.</summary>
    public Action<int, TimeSpan> OnAppended { get; init; } = (_, _) => { };

    /// <summary>Whether the store has a checkpoint.</summary>
    public Func<Checkpoint, bool> HasCheckpoint { get; init; } = _ => true;

    /// <summary>How long it has worked on what it took from its mailbox last; zero where it waits for more. From any thread.</summary>
    public TimeSpan BusyFor => Interlocked.Read(ref _busySince) is not 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    internal static ClusterEffect.Answer Refusal { get; } = new(0, Accepted: false, "The work here has ended.");

    internal TaskCompletionSource<ClusterEffect.End?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the best checkpoints of all sweeps that have ended are in the store.</summary>
    internal Task Keeping { get; private set; } = Task.CompletedTask;

    internal void Busy() => Interlocked.Exchange(ref _busySince, time.GetTimestamp());

    internal void Idle() => Interlocked.Exchange(ref _busySince, 0);

    internal void Append(IReadOnlyList<SweepEvent> events)
    {
        var started = time.GetTimestamp();
        store.Append(events);
        OnAppended(events.Count, time.GetElapsedTime(started));
        foreach (var ended in events.OfType<SweepEvent.SweepEnded>()) Keeping = Task.WhenAll(Keeping, Task.Run(() => KeepBest(ended.Sweep)));
    }

    internal void Discard(Checkpoint checkpoint)
    {
        if (!store.Keeps(checkpoint)) checkpoints.Delete(checkpoint);
    }

    // Beside the actor: other sweeps may be in work, and a file is more than a record.
    private void KeepBest(string sweep)
    {
        try
        {
            store.KeepBest(sweep);
        }
        catch (StoreException fault)
        {
            Done.TrySetException(fault);
            throw;
        }
    }
}
