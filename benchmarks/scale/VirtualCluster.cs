using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Scale.Benchmarks;

/// <summary>The real machine and the real source of trials, with nodes on a virtual clock. Nothing is stored.</summary>
internal sealed class VirtualCluster
{
    private const int Nodes = 16;
    private const int SlotsOfANode = 4;
    private const int SecondsBetweenSigns = 5;

    private readonly PriorityQueue<ClusterMessage, (double At, long Order)> _agenda = new();
    private readonly Dictionary<Lease, TrialSpec> _running = [];
    private readonly ClusterMachine _machine = new(isStanding: false);
    private double _now;
    private long _order;

    public VirtualCluster(SweepSpec spec)
    {
        Plan(new ClusterMessage.Begin(new SweepMachine("scale", new TrialSource("scale", spec), SweepPast.None)), after: 0);
        for (var node = 1; node <= Nodes; node++)
        {
            var id = new NodeId($"node-{node}");
            Say(id, new ToCoordinator.NodeJoined(new NodeDescription(id, SlotsOfANode, "none", "none", 1), []), after: 1);
            Say(id, new ToCoordinator.NodeAlive(id), after: 2);
        }
    }

    public int Finished { get; private set; }

    public long Epochs { get; private set; }

    public SweepEnd? End { get; private set; }

    /// <summary>Goes on until so many trials are finished in all, or the sweep has ended.</summary>
    public void RunTo(int finished)
    {
        while (Finished < finished && End is null && _agenda.TryDequeue(out var message, out var when))
        {
            _now = when.At;
            foreach (var effect in _machine.On(message, DateTimeOffset.UnixEpoch.AddSeconds(_now))) Perform(effect);
            if (message is ClusterMessage.NodeSaid { Message: ToCoordinator.NodeAlive } alive) Plan(alive, SecondsBetweenSigns);
        }
    }

    private void Perform(ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.Save { Event: SweepEvent.TrialFinished }: Finished++; break;
            case ClusterEffect.Save { Event: SweepEvent.EpochEnded ended }: GoOn(ended.Lease, ended.Report.Epoch); break;
            case ClusterEffect.SetTimer set: Plan(new ClusterMessage.TimerFired(set.Timer), set.After.TotalSeconds); break;
            case ClusterEffect.Send { Message: ToNode.StartTrial start }: Start(start.Lease, start.Spec); break;
            case ClusterEffect.Send { Message: ToNode.StopTrial stop }: EndTrial(stop.Lease, new TrialOutcome.Stopped()); break;
            case ClusterEffect.End end: End = end.How; break;
        }
    }

    private void Start(Lease lease, TrialSpec trial)
    {
        _running.Add(lease, trial);
        GoOn(lease, epoch: 0);
    }

    private void GoOn(Lease lease, int epoch)
    {
        if (!_running.TryGetValue(lease, out var trial)) return;
        var epochs = trial.Parameters["epochs"] is ParameterValue.Whole { Value: var all } ? (int)all : 1;
        if (epoch == epochs) EndTrial(lease, new TrialOutcome.Completed(LearningCurves.Result(trial, epochs)));
        else Say(lease.Node, new ToCoordinator.EpochReported(lease, LearningCurves.Epoch(trial, epoch + 1)), after: 1 + (lease.Trial.Number % 7));
        if (epoch > 0) Epochs++;
    }

    private void EndTrial(Lease lease, TrialOutcome outcome)
    {
        if (_running.Remove(lease)) Say(lease.Node, new ToCoordinator.TrialEnded(lease, outcome), after: 0.1);
    }

    private void Say(NodeId node, ToCoordinator message, double after) => Plan(new ClusterMessage.NodeSaid(node, message), after);

    private void Plan(ClusterMessage message, double after) => _agenda.Enqueue(message, (_now + after, _order++));
}
