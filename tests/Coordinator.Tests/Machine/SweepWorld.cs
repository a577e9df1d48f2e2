using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>A machine with two sweeps, the nodes it works with and the records it keeps, where anything can go wrong. Holds the nodes to their slots.</summary>
/// <param name="hasTwoEngines">Every second trial is of an engine that every second node has.</param>
internal sealed class SweepWorld(int total, bool hasTwoEngines = false)
{
    private readonly Dictionary<NodeId, WorldNode> _nodes = [];
    private readonly HashSet<ClusterTimer> _timers = [];
    private readonly List<ClusterMessage> _said = [];
    private readonly Queue<Action> _replies = [];
    private ClusterMachine? _machine;
    private Crash _crash;
    private int _names;
    private int _coordinators;
    private DateTimeOffset _now = Samples.Start;

    private readonly Dictionary<string, RecordedSweep> _stores = new() { ["quick"] = new(), ["other"] = new() };

    public IEnumerable<RecordedSweep> Stores => _stores.Values;

    private bool HasEnded => _stores.Values.All(store => store.End is not null);

    public void Happen(Happening what, int which)
    {
        if (_machine is null) Restart();
        if (HasEnded) return;
        switch (what)
        {
            case Happening.NodeComes when _nodes.Count < 4: Come(1 + which % 3); break;
            case Happening.NodeComes: break;
            case Happening.NodeIsDrained: if (Pick(_nodes.Values, which) is { } drained) Tell(new ClusterMessage.DrainAsked(drained.Id, 1)); break;
            case Happening.NodeDies: Die(Pick(_nodes.Values, which)); break;
            case Happening.NodeFreezes: if (Pick(_nodes.Values, which) is { } freezing) freezing.Frozen = true; break;
            case Happening.NodeThaws: Thaw(Pick(_nodes.Values.Where(node => node.Frozen), which)); break;
            case Happening.NodeConnectsAgain: Join(Pick(_nodes.Values, which)); break;
            case Happening.EpochEnds: ReportEpoch(Pick(AwakeLeases, which)); break;
            case Happening.TrialCompletes: End(Pick(AwakeLeases, which), new TrialOutcome.Completed(Samples.Result())); break;
            case Happening.TrialDiverges: End(Pick(AwakeLeases, which), new TrialOutcome.Diverged(1, 1, "the loss is not a number")); break;
            case Happening.TrialFails: End(Pick(AwakeLeases, which), new TrialOutcome.Failed("an error")); break;
            case Happening.TrialStopsUnasked: End(Pick(AwakeLeases, which), new TrialOutcome.Stopped()); break;
            case Happening.OldMessageComesAgain: if (Pick(_said, which) is { } old) Tell(old); break;
            case Happening.TimerFires: Fire(Pick(_timers, which)); break;
            case Happening.CoordinatorRestarts: Restart(); break;
            case Happening.CoordinatorCrashesNext: _crash = which % 2 == 0 ? Crash.BeforeSaving : Crash.BeforeSending; break;
            default: throw new InvalidOperationException();
        }
    }

    /// <summary>From here on nodes work as they should, and new ones come where they are missing.</summary>
    public void RunToTheEnd()
    {
        _crash = Crash.None;
        if (_machine is null || Stores.Any(store => store.End == SweepEnd.Stopped)) Restart();
        for (var step = 0; !HasEnded; step++)
        {
            step.ShouldBeLessThan(1_000, "steps without an end");
            if (!_nodes.Values.Any(IsOfUse)) Come(2);
            foreach (var node in Awake.ToList()) Say(node.Id, new ToCoordinator.NodeAlive(node.Id));
            foreach (var lease in AwakeLeases.ToList()) End(lease, new TrialOutcome.Completed(Samples.Result()));
            foreach (var timer in _timers.ToList()) Fire(timer);
        }
    }

    public void Stop()
    {
        _crash = Crash.None;
        if (_machine is null) Restart();
        Tell(new ClusterMessage.StopRequested());
        foreach (var sweep in _stores.Keys) Fire(new ClusterTimer.StopPatience(sweep));
        HasEnded.ShouldBeTrue();
    }

    private bool IsOfUse(WorldNode node) => !node.Frozen && !node.IsDraining && (!hasTwoEngines || node.Description.Engines is not null);

    private IEnumerable<WorldNode> Awake => _nodes.Values.Where(node => !node.Frozen);

    private IEnumerable<Lease> AwakeLeases => Awake.SelectMany(node => node.Held);

    /// <summary>The nodes outlive the coordinator, and connect to the next one.</summary>
    private void Restart()
    {
        _timers.Clear();
        var number = ++_coordinators;
        _machine = new ClusterMachine(isStanding: true);
        foreach (var (name, store) in _stores.Where(stored => stored.Value.End != SweepEnd.Complete))
        {
            store.GoOn();
            var source = new NumberedTrials(total, store.Trials) { Sweep = name, HasTwoEngines = hasTwoEngines };
            Tell(new ClusterMessage.Begin(new SweepMachine(name, source, store.Past)));
            // It may have crashed already, and another has taken its place.
            if (number != _coordinators) return;
        }
        foreach (var node in Awake.ToList()) Join(node);
    }

    private void Come(int slots)
    {
        var engines = ++_names % 2 == 0 && hasTwoEngines ? NumberedTrials.Both : null;
        var node = new WorldNode(SweepBench.Node($"node-{_names}", slots) with { Engines = engines });
        _nodes.Add(node.Id, node);
        Join(node);
    }

    private void Join(WorldNode? node)
    {
        // Not to be repeated later: a transport gives each join once, as the first of its connection.
        if (node is not { Frozen: false }) return;
        node.Coordinator = _coordinators;
        Tell(new ClusterMessage.NodeSaid(node.Id, new ToCoordinator.NodeJoined(node.Description, [.. node.Held], node.IsDraining)));
    }

    // What it had to say comes late: under a name that may have been given up, or to a coordinator that never knew it.
    private void Thaw(WorldNode? node)
    {
        if (node is null) return;
        node.Frozen = false;
        if (node.Coordinator != _coordinators) Join(node);
        else foreach (var lease in node.Held.ToList()) End(lease, new TrialOutcome.Completed(Samples.Result()));
        if (_nodes.ContainsKey(node.Id)) Say(node.Id, new ToCoordinator.NodeAlive(node.Id));
    }

    private void Die(WorldNode? node)
    {
        if (node is null) return;
        _nodes.Remove(node.Id);
        Tell(new ClusterMessage.NodeDisconnected(node.Id, "exit code 137 (killed)"));
    }

    private void ReportEpoch(Lease? lease)
    {
        if (lease is not null) Say(lease.Node, new ToCoordinator.EpochReported(lease, Samples.Epoch(_nodes[lease.Node].NextEpoch(lease))));
    }

    private void End(Lease? lease, TrialOutcome outcome)
    {
        if (lease is null || !_nodes.TryGetValue(lease.Node, out var node) || !node.Held.Remove(lease)) return;
        Say(lease.Node, new ToCoordinator.TrialEnded(lease, outcome));
        LeaveIfDrained(node);
    }

    private void LeaveIfDrained(WorldNode node)
    {
        if (node is { IsDraining: true, Held.Count: 0 } && _nodes.ContainsKey(node.Id)) Die(node);
    }

    private void Say(NodeId node, ToCoordinator message)
    {
        var said = new ClusterMessage.NodeSaid(node, message);
        _said.Add(said);
        Tell(said);
    }

    private void Fire(ClusterTimer? timer)
    {
        if (timer is not null && _timers.Remove(timer)) Tell(new ClusterMessage.TimerFired(timer));
    }

    private void Tell(ClusterMessage message)
    {
        if (HasEnded) return;
        // Long enough for a node to die of a trial.
        _now += ClusterRules.ShortestDeath;
        var effects = _machine!.On(message, _now);
        if (_crash == Crash.None)
        {
            foreach (var effect in effects) Perform(effect);
            while (_replies.TryDequeue(out var reply)) reply();
            return;
        }
        // Saved all or none, and sent nothing: what a batch may leave behind.
        _replies.Clear();
        if (_crash == Crash.BeforeSending) foreach (var save in effects.OfType<ClusterEffect.Save>()) Perform(save);
        _crash = Crash.None;
        if (!HasEnded) Restart();
    }

    private void Perform(ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.Save save: if (save.Event.Sweep() is { } sweep) _stores[sweep].Append(save.Event); break;
            case ClusterEffect.SetTimer set: _timers.Add(set.Timer); break;
            case ClusterEffect.Send { Message: ToNode.Leave, Node: var id }: _nodes.Remove(id); break;
            case ClusterEffect.ClearTimer clear: _timers.Remove(clear.Timer); break;
            case ClusterEffect.Send { Message: ToNode.Announce, Node: var id }: _replies.Enqueue(() => Join(_nodes.GetValueOrDefault(id))); break;
            case ClusterEffect.Send { Message: ToNode.StopTrial { Lease: var lease } } when Awake.Any(node => node.Id == lease.Node):
                _replies.Enqueue(() => End(lease, new TrialOutcome.Stopped()));
                break;
            case ClusterEffect.Send { Message: ToNode.Drain, Node: var id } when _nodes.TryGetValue(id, out var draining):
                draining.IsDraining = true;
                _replies.Enqueue(() => LeaveIfDrained(draining));
                break;
            case ClusterEffect.Send send: if (_nodes.GetValueOrDefault(send.Node) is { } node) node.Obey(send.Message); break;
        }
    }

    private enum Crash
    {
        None,
        BeforeSaving,
        BeforeSending,
    }

    private static T? Pick<T>(IEnumerable<T> among, int which) where T : class
    {
        var all = among.ToList();
        return all.Count == 0 ? null : all[which % all.Count];
    }
}

internal sealed class WorldNode(NodeDescription description)
{
    private readonly Dictionary<Lease, int> _epochs = [];

    public NodeId Id => Description.Id;

    public NodeDescription Description { get; } = description;

    public HashSet<Lease> Held { get; } = [];

    public bool Frozen { get; set; }

    public bool IsDraining { get; set; }

    /// <summary>The coordinator that it joined last.</summary>
    public int Coordinator { get; set; }

    public int NextEpoch(Lease lease) => _epochs[lease] = _epochs.GetValueOrDefault(lease) + 1;

    public void Obey(ToNode order)
    {
        if (order is ToNode.StopTrial stop) Held.Remove(stop.Lease);
        // One that comes again is one to a node.
        if (order is not ToNode.StartTrial start || Held.Contains(start.Lease)) return;
        IsDraining.ShouldBeFalse("a draining node was given a trial");
        Description.Has(start.Spec.Parameters.Engine()).ShouldBeTrue("a node was given a trial of an engine that it lacks");
        Held.Add(start.Lease);
        Held.Count.ShouldBeLessThanOrEqualTo(Description.Slots);
    }
}
