using System.Collections.Concurrent;
using System.Diagnostics;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Tests.Transport;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests.Chaos;

/// <summary>A cluster to which faults happen: each process has a network of its own to the broker.</summary>
internal sealed class ChaosCluster : IDisposable
{
    // The third death under a trial would set it aside, which is not chaos but a rule.
    private const int DeathsOfATrial = 2;

    private readonly RabbitMqBroker _broker;
    private readonly Action<string> _say;
    private readonly RabbitMqRelay _coordinatorNetwork;
    private readonly RabbitMqRelay[] _networks;
    private readonly ConcurrentDictionary<FaultKind, int> _survived = [];
    private readonly ConcurrentDictionary<string, FaultKind> _suffering = [];
    private readonly List<Task> _healing = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <param name="say">Gets a line for each fault.</param>
    public ChaosCluster(RabbitMqBroker broker, int nodes, Action<string> say)
    {
        (_broker, _say) = (broker, say);
        Cluster = new LiveCluster(broker);
        _coordinatorNetwork = new RabbitMqRelay(broker.Port);
        _networks = [.. Enumerable.Range(0, nodes).Select(_ => new RabbitMqRelay(broker.Port))];
        var address = Cluster.StartListeningCoordinator(_coordinatorNetwork.Port);
        // Every second one shares the coordinator's disk, the others bring what they have made over HTTP.
        for (var i = 0; i < nodes; i++) Cluster.StartNode($"n{i}", _networks[i].Port, i % 2 == 0 ? ["--coordinator", address] : []);
    }

    public LiveCluster Cluster { get; }

    /// <summary>How many faults of each kind have happened.</summary>
    public IReadOnlyDictionary<FaultKind, int> Faults => _survived;

    public async Task ComesUpAsync()
    {
        await Cluster.ComesUpAsync();
        await _broker.WriteRegistryAsync();
    }

    /// <summary>Lets faults happen until the sweep has ended or the time is over; returns when all of them are over.</summary>
    public async Task SufferAsync(string sweep, int seed, TimeSpan time)
    {
        var waited = Stopwatch.StartNew();
        foreach (var fault in FaultPlan.From(seed, _networks.Length))
        {
            if (waited.Elapsed > time || HasEnded(sweep)) break;
            Begin(fault, sweep);
            await Task.Delay(fault.Pause);
            _healing.RemoveAll(healing => healing.IsCompletedSuccessfully);
        }
        await Task.WhenAll(_healing);
    }

    public void Dispose()
    {
        Cluster.Dispose();
        _coordinatorNetwork.Dispose();
        foreach (var network in _networks) network.Dispose();
    }

    private bool HasEnded(string sweep) => Cluster.Read(store => store.Sweeps().Single(record => record.Name == sweep).End) is not null;

    private void Begin(Fault fault, string sweep)
    {
        var node = Cluster.Nodes[fault.Target];
        var victim = fault.Kind switch
        {
            FaultKind.BrokerKilled => "broker",
            FaultKind.CoordinatorKilled or FaultKind.CoordinatorFrozen or FaultKind.CoordinatorCutOff or FaultKind.CoordinatorSilenced => "coordinator",
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
        FaultKind.NodeCutOff => CutOffAsync(_networks[fault.Target], fault.For),
        FaultKind.NodeSilenced => SilenceAsync(_networks[fault.Target], fault.For),
        FaultKind.CoordinatorKilled => Cluster.Coordinator.Try(Signals.Kill) ? Task.CompletedTask : null,
        FaultKind.CoordinatorFrozen => FreezeAsync(Cluster.Coordinator, fault.For),
        FaultKind.CoordinatorCutOff => CutOffAsync(_coordinatorNetwork, fault.For),
        FaultKind.CoordinatorSilenced => SilenceAsync(_coordinatorNetwork, fault.For),
        FaultKind.BrokerKilled => RestartBrokerAsync(),
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

    private static async Task CutOffAsync(RabbitMqRelay network, TimeSpan time)
    {
        network.TakeDown();
        await Task.Delay(time);
        network.BringUp();
    }

    private static async Task SilenceAsync(RabbitMqRelay network, TimeSpan time)
    {
        network.Hold();
        await Task.Delay(time);
        network.Release();
    }

    private async Task RestartBrokerAsync()
    {
        _broker.Kill();
        await _broker.StartAsync();
    }

    private bool WouldSetATrialAside(string node, string sweep) => Cluster.Read(store => store.Trials(sweep)
        .Where(trial => trial.State == TrialState.Running && trial.Node.Name == node)
        .Any(trial => store.Attempts(trial.Spec.Id).Count(attempt => attempt.End == "lost") >= DeathsOfATrial));

    private static bool IsLasting(FaultKind kind) => kind is
        FaultKind.NodeFrozen or FaultKind.NodeCutOff or FaultKind.NodeSilenced or FaultKind.CoordinatorFrozen or FaultKind.CoordinatorCutOff or FaultKind.CoordinatorSilenced;
}
