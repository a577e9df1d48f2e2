using System.Globalization;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Simulation.Tests;

/// <summary>One world from its start to its end: a time in which anything may go wrong, then one in which nothing does, and all must come right.</summary>
internal static class SimulatedWorld
{
    // Much longer than all faults and all the work together.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Rounds = TimeSpan.FromSeconds(3);

    /// <exception cref="SimulationException">It did not come right; says why, and how to see it again.</exception>
    public static Account Run(int seed, Action<string>? trace = null)
    {
        var cluster = new SimulatedCluster(seed, trace);
        try
        {
            var peace = cluster.Start();
            while (cluster.Clock.Now < peace) cluster.Clock.Step();
            cluster.MakePeace();
            Finish(cluster, peace + Patience);
            foreach (var sweep in cluster.Store.Sweeps()) Check(cluster, sweep);
            return new Account(cluster.Clock.Now, cluster.Clock.Steps, cluster.Befallen, cluster.Ledger.Counts);
        }
#pragma warning disable CA1031 // Whatever it is, its seed goes with it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            throw new SimulationException(
                string.Create(CultureInfo.InvariantCulture, $"seed {seed} at {cluster.Clock.Now.TotalSeconds:0.000} s: {fault.Message}")
                    + string.Create(CultureInfo.InvariantCulture, $"\n  see it again: benchmarks/simulation/run --seed {seed} --trace"),
                fault);
        }
    }

    private static void Finish(SimulatedCluster cluster, TimeSpan until)
    {
        var isDone = false;
        Look();
        while (!isDone)
        {
            if (cluster.Clock.Now > until) throw new SimulationException($"no end: {StandingOf(cluster)}");
            cluster.Clock.Step();
        }

        void Look()
        {
            isDone = cluster.Operator.Finish() && cluster.Coordinator is not null && cluster.Nodes.All(node => node.IsIdle);
            if (!isDone) cluster.Clock.After(Rounds, Look);
        }
    }

    private static void Check(SimulatedCluster cluster, SweepRecord sweep)
    {
        var trials = cluster.Store.Trials(sweep.Name);
        var spec = SimulatedSweeps.FileOf(sweep.Source).Spec;
        foreach (var trial in trials) Check(cluster, trial);
        if (sweep.End == SweepEnd.Cancelled) return;
        if (trials.Count != sweep.Total) throw new SimulationException($"{sweep.Name} has {sweep.Total} trials, of which {trials.Count} are stored");
        var kept = trials.Count(trial => trial is { Result: not null, CheckpointKept: true });
        var completed = trials.Count(trial => trial.Result is not null);
        if (kept != Math.Min(spec.Budgets.Retain ?? int.MaxValue, completed)) throw new SimulationException($"{sweep.Name} keeps {kept} checkpoints");
        if (UndisturbedRun.Of(sweep, spec, cluster.Store) is not { } expected) return;
        if (!expected.SequenceEqual(trials.Select(trial => trial.Spec))) throw new SimulationException($"{sweep.Name} has other trials than undisturbed");
    }

    // That each is right when it is stored is the ledger's to see; here, that it is there.
    private static void Check(SimulatedCluster cluster, TrialRecord trial)
    {
        var expected = new SimulatedTrial(trial.Spec);
        var isRight = trial.State switch
        {
            TrialState.Completed => trial.Result == expected.Result && (!trial.CheckpointKept || cluster.Ledger.Has(trial.Result!.Checkpoint)),
            TrialState.Diverged => expected.Diverges,
            TrialState.Failed => true,
            TrialState.Pruned => SimulatedSweeps.FileOf(cluster.Store.Sweeps().First(sweep => sweep.Name == trial.Spec.Id.Sweep).Source).Spec.Pruning
                is not FashionSweep.Search.Pruning.PrunerSpec.None,
            _ => cluster.Store.Sweeps().First(sweep => sweep.Name == trial.Spec.Id.Sweep).End == SweepEnd.Cancelled && trial.State == TrialState.Pending,
        };
        if (!isRight) throw new SimulationException($"{trial.Spec.Id} is {trial.State} in the end: {trial.Result}");
    }

    private static string StandingOf(SimulatedCluster cluster) => string.Join("; ", cluster.Store.Sweeps().Select(sweep =>
        $"{sweep.Name} {sweep.End} {cluster.Store.Trials(sweep.Name).Count(trial => trial.IsFinished)} of {sweep.Total}"))
        + string.Concat(cluster.Nodes.Where(node => !node.IsIdle).Select(node => $"; {node.Process} is not idle"));

    /// <summary>What a world was like.</summary>
    internal sealed record Account(
        TimeSpan Time, long Steps, IReadOnlyDictionary<Mishap, int> Befallen, IReadOnlyDictionary<string, int> Events);
}

/// <summary>What a sweep comes to where nothing happens to it.</summary>
internal static class UndisturbedRun
{
    /// <returns>Its trials in order; null where they depend on what came out when.</returns>
    public static IReadOnlyList<TrialSpec>? Of(SweepRecord sweep, SweepSpec spec, Coordinator.Storage.ITrialStore store)
    {
        var extensions = store.Changes(sweep.Name).Select(change => change.Change).OfType<SweepChange.Extended>().ToList();
        if (spec.Method is SearchMethod.Tpe or SearchMethod.Cmaes || spec.Pruning is not FashionSweep.Search.Pruning.PrunerSpec.None) return null;
        if (extensions.Exists(extension => extension.Given.Count > 0)) return null;
        var source = new TrialSource(sweep.Name, spec);
        foreach (var extension in extensions) source.Extend(extension.AsExtension());
        var trials = new List<TrialSpec>();
        while (source.Next() is { } trial) trials.Add(trial);
        return trials;
    }
}
