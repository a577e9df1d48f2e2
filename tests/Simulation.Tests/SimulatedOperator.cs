using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Simulation.Tests;

/// <summary>Whoever uses the cluster: submits sweeps, changes them in work and at rest, and in the end has all of them finished.</summary>
internal sealed class SimulatedOperator(SimulatedCluster cluster)
{
    // So that a world comes to an end.
    private const int MostExtensions = 3;

    private readonly StoredSweeps _atRest = new(cluster.Store, new StoreFolder(""), TrainerCatalog.Parameters, cluster.Clock);
    private int _extensions;
    private long _asks;

    public void Submit(SweepFile file) => _atRest.Add(file, file.Path, new SweepChoice.Fresh(file.Spec.Name, null));

    /// <returns>False where it is nothing that an operator does, or not now.</returns>
    public bool Do(Mishap what)
    {
        if (cluster.Coordinator is not { } coordinator) return false;
        var sweep = cluster.Chance.Of(cluster.Store.Sweeps());
        switch (what)
        {
            case Mishap.SweepIsPaused: return coordinator.Works(sweep.Name) && Ask(coordinator, sweep, new SweepCommand.Pause());
            case Mishap.SweepIsResumed: return Resume(coordinator, sweep);
            case Mishap.SweepsAreStopped: coordinator.Tell(new ClusterMessage.StopRequested()); return true;
            case Mishap.SweepIsExtended: return _extensions++ < MostExtensions && Ask(coordinator, sweep, Extension());
            case Mishap.SweepIsCancelled: return cluster.Chance.Is(0.1) && Ask(coordinator, sweep, new SweepCommand.Cancel());
            case Mishap.FailedAreRerun: return Ask(coordinator, sweep, new SweepCommand.RerunFailed());
            default: return false;
        }
    }

    /// <summary>Has all sweeps go on that have not come to their end, and all trials run again that have failed through no fault of theirs.</summary>
    /// <returns>Whether nothing is left to do.</returns>
    public bool Finish()
    {
        var isDone = true;
        foreach (var sweep in cluster.Store.Sweeps())
        {
            var failed = sweep.End == SweepEnd.Complete && cluster.Store.Trials(sweep.Name).Any(HasFailedUnjustly);
            if (sweep.End?.IsFinal() == true && !failed) continue;
            isDone = false;
            if (cluster.Coordinator is not { IsFrozen: false } coordinator) continue;
            if (failed) Ask(coordinator, sweep, new SweepCommand.RerunFailed());
            else Resume(coordinator, sweep);
        }
        return isDone;
    }

    private static bool HasFailedUnjustly(TrialRecord trial) => trial.State == TrialState.Failed && !new SimulatedTrial(trial.Spec).Fails;

    private SweepCommand.Extend Extension() =>
        cluster.Chance.Is(0.7) ? new SweepCommand.Extend(Trials: 1 + cluster.Chance.Next(3)) : new SweepCommand.Extend(Epochs: 5, Top: 1);

    private bool Resume(SimulatedCoordinator coordinator, SweepRecord sweep)
    {
        if (coordinator.Works(sweep.Name)) return Ask(coordinator, sweep, new SweepCommand.Resume());
        if (sweep.End is not { } end || end.IsFinal()) return false;
        coordinator.TakeUp(sweep, staysPaused: false);
        return true;
    }

    private bool Ask(SimulatedCoordinator coordinator, SweepRecord sweep, SweepCommand command)
    {
        cluster.Trace?.Invoke($"asks of {sweep.Name}: {command}");
        if (coordinator.Works(sweep.Name))
        {
            var completed = cluster.Store.Trials(sweep.Name).Where(trial => trial.Result is not null);
            coordinator.Tell(new ClusterMessage.Commanded(sweep.Name, command, ++_asks) { Completed = [.. completed] });
            return true;
        }
        // A coordinator that has just ended it may not have shown that yet.
        if (sweep.End is null || !_atRest.Ask(sweep, command).Accepted) return false;
        if (command is SweepCommand.Cancel) return true;
        if (command is SweepCommand.RerunFailed) cluster.Ledger.Reopen(sweep.Name);
        coordinator.TakeUp(cluster.Store.Sweeps().First(known => known.Name == sweep.Name), staysPaused: false);
        return true;
    }
}
