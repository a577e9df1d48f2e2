using System.Globalization;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Simulation.Tests;

/// <summary>A coordinator, its store and its nodes, and the network between them, in one thread and on one clock. Who has died comes again.</summary>
internal sealed class SimulatedCluster
{
    /// <summary>So long after a fault all that it has done is found, where words don't take long.</summary>
    public static readonly TimeSpan Calm = Uplink.Silence + TimeSpan.FromSeconds(2);

    private static readonly TimeSpan WatchPace = TimeSpan.FromSeconds(1);
    private const double ShortDelay = 0.5;
    private static readonly EngineSet Both = new([EngineNames.Native, EngineNames.TorchSharp]);

    private readonly Dictionary<TrialId, int> _snapshots = [];
    private readonly Dictionary<string, int> _lives = [];
    private readonly List<SimulatedNode> _nodes = [];
    private readonly List<Mishap> _possible;
    private readonly bool _isLarge;
    private readonly (double Least, double Most) _epochs;
    private readonly bool _hasOneProcessId;
    private readonly bool _hasTwoEngines;
    private long _coordinators;
    private TimeSpan _faultsEnd;

    /// <param name="trace">Told of all that happens; null where nobody reads it.</param>
    public SimulatedCluster(int seed, Action<string>? trace = null)
    {
        Chance = new Chance(seed);
        if (trace is not null) Trace = text => trace(string.Create(CultureInfo.InvariantCulture, $"{Clock.Now.TotalSeconds,9:0.000} {text}"));
        // Where everything goes wrong all the time, nothing goes wrong for long.
        var share = Chance.Of([0.1, 0.25, 0.5]);
        _possible = [.. Enum.GetValues<Mishap>().Where(_ => Chance.Is(share))];
        // Trials that two nodes work on are worth more than one part in so many.
        var parting = Chance.Of([Mishap.NodeFreezes, Mishap.WayIsCut, Mishap.WayDownIsCut]);
        if (Chance.Is(0.5)) _possible.AddRange(Enumerable.Repeat(parting, 1 + _possible.Count / 2));
        _isLarge = Chance.Is(0.15);
        // So that there is work as long as there are faults.
        _epochs = Chance.Of([(0.02, 0.3), (0.3, 2), (1, 5), (3, 10)]);
        _hasOneProcessId = Chance.Is(0.3);
        Network = new SimulatedNetwork(this)
        {
            Delay = Chance.Of([(0, 0.002), (0.02, 0.08), (0.0, 0.5), (0.1, 2)]),
            IsEncoded = seed % 16 == 0,
        };
        _hasTwoEngines = seed % 5 == 0;
        Ledger = new Ledger(Store, Clock);
        Operator = new SimulatedOperator(this);
    }

    public VirtualClock Clock { get; } = new();

    public Chance Chance { get; }

    public InMemoryStore Store { get; } = new();

    public Ledger Ledger { get; }

    public SimulatedNetwork Network { get; }

    public SimulatedOperator Operator { get; }

    /// <summary>Null while there is none.</summary>
    public SimulatedCoordinator? Coordinator { get; private set; }

    public IReadOnlyList<SimulatedNode> Nodes => _nodes;

    public Action<string>? Trace { get; }

    /// <summary>How often each has happened.</summary>
    public Dictionary<Mishap, int> Befallen { get; } = [];

    /// <summary>From its end on nothing goes wrong any more.</summary>
    public bool IsAtPeace { get; private set; }

    /// <summary>Whether nothing has gone wrong for a while.</summary>
    public bool IsCalm => Network.Delay.Most <= ShortDelay && Clock.Now - _faultsEnd > Calm;

    /// <returns>How long things go wrong in it.</returns>
    public TimeSpan Start()
    {
        var sweeps = 1 + Chance.Next(_isLarge ? 3 : 2);
        for (var sweep = 1; sweep <= sweeps; sweep++)
            Operator.Submit(SimulatedSweeps.Any(Chance, $"s{sweep}", _possible.Contains(Mishap.TrialHangs), _hasTwoEngines));
        StartCoordinator();
        var nodes = Chance.Is(0.1) ? 1 : 2 + Chance.Next(_isLarge ? 3 : 2);
        for (var node = 1; node <= nodes; node++) StartNode($"n{node}", slots: 1 + Chance.Next(_isLarge ? 3 : 2));
        if (_possible.Count > 0) new SimulatedFaults(this, _possible).Start();
        Watch();
        return _isLarge ? Chance.Seconds(20, 60) : Chance.Seconds(12, 40);
    }

    public void MakePeace()
    {
        Trace?.Invoke("peace");
        IsAtPeace = true;
    }

    public bool Befalls(Mishap what) => !IsAtPeace && _possible.Contains(what) && Chance.Is(0.05) && Note(what);

    public TimeSpan EpochTime() => Chance.Seconds(_epochs.Least, _epochs.Most);

    public TimeSpan WriteTime() => Befalls(Mishap.StoreIsSlow) ? Trouble(Chance.Seconds(0.1, 4)) : Chance.Seconds(0.0005, 0.005);

    public bool HasSnapshot(TrialId trial, int epoch) => _snapshots.GetValueOrDefault(trial) >= epoch;

    public void KeepSnapshot(TrialId trial, int epoch) => _snapshots[trial] = Math.Max(epoch, _snapshots.GetValueOrDefault(trial));

    public void EndCoordinator(string why)
    {
        if (Coordinator is not { } coordinator) return;
        Trace?.Invoke($"coordinator {coordinator.Uid} {why}");
        coordinator.Die();
        Coordinator = null;
        Network.LoseAll();
        Clock.After(Chance.Of([Chance.Seconds(0.2, 1), Chance.Seconds(1, 15)]), StartCoordinator);
    }

    /// <summary>A node's process has ended, and its supervisor starts another.</summary>
    /// <param name="isSeen">Whether its machine goes on and closes its connections.</param>
    public void End(SimulatedNode node, bool isSeen)
    {
        if (!node.IsAlive) return;
        Trace?.Invoke($"{node.Process} has ended");
        node.Die();
        _nodes.Remove(node);
        Network.EndAll(node, isSeen);
        Clock.After(Chance.Seconds(0.2, 6), () => StartNode(node.Id.Name, node.Description.Slots));
    }

    /// <summary>Something goes wrong for so long.</summary>
    public TimeSpan Trouble(TimeSpan time)
    {
        if (Clock.Now + time > _faultsEnd) _faultsEnd = Clock.Now + time;
        return time;
    }

    /// <returns>True.</returns>
    public bool Note(Mishap what)
    {
        Befallen[what] = Befallen.GetValueOrDefault(what) + 1;
        return true;
    }

    /// <summary>A node's process hangs, and nobody ends it or starts it anew: others have to do its work.</summary>
    /// <returns>False where there are none.</returns>
    public bool HangForGood(SimulatedNode node)
    {
        if (!_nodes.Exists(other => other != node && other.Description.Engines == node.Description.Engines)) return false;
        _nodes.Remove(node);
        node.Freeze();
        return true;
    }

    private void StartCoordinator()
    {
        Trouble(TimeSpan.Zero);
        Coordinator = new SimulatedCoordinator(this, ++_coordinators);
        Trace?.Invoke($"coordinator {_coordinators} starts");
        Coordinator.Start();
    }

    private void StartNode(string name, int slots)
    {
        var life = _lives[name] = _lives.GetValueOrDefault(name) + 1;
        // In containers every process is the first.
        var process = _hasOneProcessId ? 1 : 100 + life;
        var description = new NodeDescription(new NodeId(name), slots, "managed", "a processor", process)
        {
            // Of two nodes one has both.
            Engines = _hasTwoEngines && (name[^1] - '0') % 2 == 1 ? Both : null,
        };
        var node = new SimulatedNode(this, description, life);
        Trace?.Invoke($"{node.Process} starts with {slots} slots");
        _nodes.Add(node);
        node.Start();
    }

    // What a fault has done is to be found soon after it, whatever other faults would mend.
    private void Watch() => Clock.After(WatchPace, () =>
    {
        if (IsCalm && Coordinator is not null)
            foreach (var node in _nodes) Ledger.CheckInCalm(node);
        Watch();
    });
}
