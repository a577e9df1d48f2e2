using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>The coordinator as it is: its actor, its machine, its source of trials and its store on a disk.</summary>
internal static class CoordinatorUnderLoad
{
    /// <summary>Runs a workload to its end, from when all of its nodes have joined, and then holds the store to it.</summary>
    /// <param name="syncTime">How long a disk is pretended to take for each commit, on top of what this one takes.</param>
    /// <exception cref="InvalidOperationException">Something is missing from the store.</exception>
    public static async Task RunAsync(
        Workload workload, StoreFolder folder, Func<CoordinatorWork, CoordinatorRef> open, Timings timings, TimeSpan syncTime, Action<SweepEvent> observe)
    {
        using (var store = LiteStore.OpenForWriting(folder))
        {
            var (coordinator, begin) = Open(workload, folder, store, open, timings, syncTime);
            var absent = workload.Nodes;
            await coordinator.RunAsync(happened =>
            {
                if (happened is SweepEvent.NodeConnected && --absent == 0) coordinator.Tell(begin);
                observe(happened);
            });
        }
        Check(workload, folder);
    }

    /// <summary>Runs a workload until it is handed over, and its end is another's.</summary>
    public static async Task RunToHandOverAsync(
        Workload workload, StoreFolder folder, Func<CoordinatorWork, CoordinatorRef> open, Timings timings, CancellationToken handOver,
        Action<SweepEvent>? observe = null)
    {
        using var store = LiteStore.OpenForWriting(folder);
        var (coordinator, begin) = Open(workload, folder, store, open, timings, TimeSpan.Zero);
        coordinator.Tell(begin);
        await coordinator.RunAsync(observe ?? (_ => { }), handOver);
    }

    private static (CoordinatorRef Coordinator, ClusterMessage.Begin Begin) Open(
        Workload workload, StoreFolder folder, LiteStore store, Func<CoordinatorWork, CoordinatorRef> open, Timings timings, TimeSpan syncTime)
    {
        var spec = workload.Spec;
        store.Add(new SweepRecord(workload.Name, $"{workload.Name}.yaml", "", spec.Objective, workload.Trials, TimeProvider.System.GetUtcNow()));
        var machine = new SweepMachine(workload.Name, new TrialSource(workload.Name, spec), SweepPast.None);
        var coordinator = open(new CoordinatorWork(
            new ClusterMachine(isStanding: false), new TimedStore(store, timings, syncTime), new CheckpointFolder(folder.Checkpoints), TimeProvider.System));
        return (coordinator, new ClusterMessage.Begin(machine));
    }

    private static void Check(Workload workload, StoreFolder folder)
    {
        using var store = LiteStore.OpenForReading(folder);
        var completed = store.Trials(workload.Name).Count(trial => trial is { State: TrialState.Completed, Result: not null });
        var reports = store.Epochs(workload.Name).Count;
        if (completed != workload.Trials || reports < workload.Reports)
            throw new InvalidOperationException(
                $"{workload.Name}: the store has {completed} of {workload.Trials} results and {reports} of {workload.Reports} reports.");
    }
}
