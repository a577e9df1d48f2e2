using System.Text;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>Ten thousand trials through machine and source, with nodes that answer at once; benchmarks/scale has a hundred thousand.</summary>
public sealed class SweepScaleTests
{
    private const int Total = 10_000;
    private const int Block = 1_000;
    private readonly Queue<ClusterMessage> _messages = [];
    private readonly List<WeakReference> _early = [];
    private readonly List<long> _allocated = [];
    private readonly ClusterMachine _machine = new(isStanding: false);
    private int _finished;
    private SweepEnd? _end;

    public SweepScaleTests()
    {
        var spec = SweepFile.Parse("large.yaml", Encoding.UTF8.GetBytes("""
            method: grid
            early_terminate: {type: asha, min_iter: 1, eta: 3}
            retain: 10
            parameters:
              batch_size: {min: 1, max: 1000}
              width: {min: 1, max: 10}
              epochs: 2
            """), TrainerCatalog.Parameters).Spec;
        _messages.Enqueue(new ClusterMessage.Begin(new SweepMachine("large", new TrialSource("large", spec), SweepPast.None)));
    }

    [Fact]
    public void TheLastTrialsTakeNoMoreMemoryThanTheFirst()
    {
        for (var node = 1; node <= 16; node++)
            _messages.Enqueue(
                new ClusterMessage.NodeSaid(new NodeId($"node-{node}"), new ToCoordinator.NodeJoined(SweepBench.Node($"node-{node}", slots: 4), [])));

        // Bytes and not seconds: they are the same on every machine.
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (_messages.TryDequeue(out var message))
        {
            foreach (var effect in _machine.On(message, Samples.Start)) Perform(effect);
            if (_finished < (_allocated.Count + 1) * Block) continue;
            _allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
            before = GC.GetAllocatedBytesForCurrentThread();
        }

        _end.ShouldBe(SweepEnd.Complete);
        _finished.ShouldBe(Total);
        ((double)_allocated[^1] / _allocated[1]).ShouldBeInRange(0.8, 1.25);
        GC.Collect();
        _early.Count(trial => trial.IsAlive).ShouldBe(0, "finished trials are held");
        GC.KeepAlive(_machine);
    }

    private void Perform(ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.Save { Event: SweepEvent.TrialFinished }: _finished++; break;
            case ClusterEffect.Send { Node: var node, Message: ToNode.StartTrial start }:
                if (_early.Count < 1_000) _early.Add(new WeakReference(start.Spec));
                Say(node, new ToCoordinator.EpochReported(start.Lease, Samples.Epoch(1, accuracy: (2 + (start.Lease.Trial.Number % 99)) / 101.0)));
                Say(node, new ToCoordinator.TrialEnded(start.Lease, new TrialOutcome.Completed(Samples.Result(epochs: 2))));
                break;
            case ClusterEffect.End end: _end = end.How; break;
        }
    }

    private void Say(NodeId node, ToCoordinator message) => _messages.Enqueue(new ClusterMessage.NodeSaid(node, message));
}
