using System.Collections.Concurrent;
using System.Diagnostics;
using FashionSweep.Cluster.Tests.Network;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests.Chaos;

/// <summary>A cluster to which faults happen.</summary>
internal sealed class ChaosCluster
{
    // The third death under a trial sets it aside, which is not chaos but a rule.
    private const int DeathsOfATrial = 2;

    private readonly FragileCluster _fragile;
    private readonly Action<string> _say;
    private readonly ConcurrentDictionary<FaultKind, int> _survived = [];
    private readonly ConcurrentDictionary<string, FaultKind> _suffering = [];
    private readonly List<Task> _healing = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <param name="say">Gets a line for each fault.</param>
    public ChaosCluster(FragileCluster fragile, int nodes, Action<string> say)
    {
        (_fragile, _say) = (fragile, say);
        var address = fragile.StartCoordinator();
        // Every second one shares the coordinator's disk, the others bring what they have made over HTTP.
        for (var i = 0; i < nodes; i++) fragile.StartNode($"n{i}", i % 2 == 0 ? ["--coordinator", address] : []);
    }

    public LiveCluster Cluster => _fragile.Cluster;

    /// <summary>How many faults of each kind have happened.</summary>
    public IReadOnlyDictionary<FaultKind, int> Faults => _survived;

    /// <summary>Lets faults happen until the sweep has ended or the time is over; returns when all of them are over.</summary>
    public async Task SufferAsync(string sweep, int seed, TimeSpan time)
    {
        var waited = Stopwatch.StartNew();
        foreach (var fault in FaultPlan.From(seed, Cluster.Nodes.Count))
        {
            if (waited.Elapsed > time || HasEnded(sweep)) break;
            Begin(fault, sweep);
            await Task.Delay(fault.Pause);
            _healing.RemoveAll(healing => healing.IsCompletedSuccessfully);
        }
        await Task.WhenAll(_healing);
    }

    /// <summary>
    /// Waits for the sweep's end. A trial that was given to nodes about to die, three times, is set aside: it is told to run again, as a user would.
    /// </summary>
    public async Task EndsAsync(string sweep)
    {
        await Cluster.EndsAsync(sweep);
        var aside = Read(store => store.Trials(sweep).Where(trial => trial.State == TrialState.Failed).ToList());
        if (aside.Count == 0) return;
        foreach (var trial in aside)
        {
            trial.Reason!.ShouldStartWith("set aside: its node died under it 3 times");
            _say($"{trial.Spec.Id} runs again: {trial.Reason}");
        }
        var again = Cluster.Fsweep.Run("rerun", sweep, "--failed");
        again.ExitCode.ShouldBe(0, again.ToString());
        await Cluster.EndsAsync(sweep);
    }

    private bool HasEnded(string sweep) => Read(store => store.Sweeps().Single(record => record.Name == sweep).End) is not null;

    // Whoever was asked may have been killed meanwhile: then another one, or the store at rest.
    private T Read<T>(Func<ITrialRecords, T> look)
    {
        while (true)
        {
            try
            {
                return Cluster.Read(look);
            }
            catch (ControlException)
            {
                // It is asked again.
            }
        }
    }

    private void Begin(Fault fault, string sweep)
    {
        var node = Cluster.Nodes[fault.Target];
        var victim = fault.Kind switch
        {
            >= FaultKind.CoordinatorKilled and <= FaultKind.CoordinatorPutOut => LiveCluster.CoordinatorName,
            _ => node.Name,
        };
        // One fault at a time for each, many at a time for all.
        if (_suffering.ContainsKey(victim) || victim == node.Name && WouldSetATrialAside(node.Name, sweep)) return;
        if (Happen(fault, node) is not { } over) return;
        _survived.AddOrUpdate(fault.Kind, 1, (_, count) => count + 1);
        _say($"{_clock.Elapsed.TotalSeconds,6:0.0} s  {fault.Kind} {victim}{(IsLasting(fault.Kind) ? $" for {fault.For.TotalSeconds:0.0} s" : "")}");
        _suffering[victim] = fault.Kind;
        _healing.Add(HealAsync(victim, over));
    }

    // Null where there is nothing to hit at the moment.
    private Task? Happen(Fault fault, Supervised node) => fault.Kind switch
    {
        FaultKind.NodeKilled => node.Try(Signals.Kill) ? Task.CompletedTask : null,
        FaultKind.NodeFrozen => FreezeAsync(node, fault.For),
        FaultKind.NodeTerminated => node.Try(Signals.AskToEnd) ? Task.CompletedTask : null,
        FaultKind.NodeDrained => Task.Run(() => Cluster.Fsweep.Run("drain", node.Name)),
        FaultKind.NodeCutOff or FaultKind.NodeMuted or FaultKind.NodeDeafened or FaultKind.NodeSlowed or FaultKind.NodeHalfOpen =>
            FailAsync(node.Name, fault),
        FaultKind.NodePutOut => _fragile.PutOutAsync(node.Name),
        FaultKind.CoordinatorKilled => Cluster.Coordinator.Try(Signals.Kill) ? Task.CompletedTask : null,
        FaultKind.CoordinatorFrozen => FreezeAsync(Cluster.Coordinator, fault.For),
        FaultKind.CoordinatorCutOff or FaultKind.CoordinatorMuted or FaultKind.CoordinatorDeafened or FaultKind.CoordinatorSlowed
            or FaultKind.CoordinatorHalfOpen => FailAsync(LiveCluster.CoordinatorName, fault),
        FaultKind.CoordinatorPutOut => _fragile.PutOutAsync(LiveCluster.CoordinatorName),
        _ => throw new InvalidOperationException($"No way to let {fault.Kind} happen."),
    };

    private async Task HealAsync(string victim, Task over)
    {
        await over;
        _suffering.TryRemove(victim, out _);
    }

    private static Task? FreezeAsync(Supervised program, TimeSpan time)
    {
        var frozen = 0;
        return program.Try(process => Signals.Freeze(frozen = process)) ? ThawAsync() : null;

        async Task ThawAsync()
        {
            await Task.Delay(time);
            program.Try(process =>
            {
                if (process == frozen) Signals.Thaw(process);
            });
        }
    }

    private Task? FailAsync(string process, Fault fault)
    {
        var network = _fragile.NetworkOf(process);
        return network.Fail(Of(fault.Kind)) ? HealAsync() : null;

        async Task HealAsync()
        {
            await Task.Delay(fault.For);
            network.Heal();
        }
    }

    private static NetworkFault Of(FaultKind kind) => kind switch
    {
        FaultKind.NodeCutOff or FaultKind.CoordinatorCutOff => NetworkFault.Cut,
        FaultKind.NodeMuted or FaultKind.CoordinatorMuted => NetworkFault.Muted,
        FaultKind.NodeDeafened or FaultKind.CoordinatorDeafened => NetworkFault.Deafened,
        FaultKind.NodeSlowed or FaultKind.CoordinatorSlowed => NetworkFault.Slow,
        FaultKind.NodeHalfOpen or FaultKind.CoordinatorHalfOpen => NetworkFault.HalfOpen,
        _ => throw new InvalidOperationException($"{kind} is no fault of a network."),
    };

    private bool WouldSetATrialAside(string node, string sweep) => Read(store => store.Trials(sweep)
        .Where(trial => trial.State == TrialState.Running && trial.Node.Name == node)
        .Any(trial => store.Attempts(trial.Spec.Id).Count(attempt => attempt.End == "lost") >= DeathsOfATrial));

    private static bool IsLasting(FaultKind kind) => kind is not
        (FaultKind.NodeKilled or FaultKind.NodeTerminated or FaultKind.NodeDrained or FaultKind.NodePutOut
        or FaultKind.CoordinatorKilled or FaultKind.CoordinatorPutOut);
}
