using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Machine;
using FsCheck;
using FsCheck.Fluent;
using static FashionSweep.TrainerNode.Tests.Samples;

namespace FashionSweep.TrainerNode.Tests.Machine;

/// <summary>Any orders in any sequence, repeated and unknown ones included, against a world that trains what it is told to.</summary>
public sealed class NodeMachineModelTests
{
    private static readonly Gen<Step> Steps =
        from kind in Gen.Frequency(
            (5, Gen.Constant(Kind.Start)), (2, Gen.Constant(Kind.Stop)), (4, Gen.Constant(Kind.Finish)), (1, Gen.Constant(Kind.Epoch)),
            (1, Gen.Constant(Kind.Announce)))
        from trial in Gen.Choose(1, 12)
        select new Step(kind, trial);

    private enum Kind
    {
        Start,
        Stop,
        Finish,
        Epoch,
        Announce,
        Drain,
        Leave,
    }

    private static readonly Gen<(int Slots, List<Step> Before, List<Step> Drained)> Lives =
        from slots in Gen.Choose(1, 4)
        from before in Steps.ListOf()
        from drained in Steps.ListOf()
        select (slots, before.ToList(), drained.ToList());

    [Fact]
    public void NoSlotIsSharedAndEachLeaseEndsOnce() =>
        Prop.ForAll(Lives.ToArbitrary(), life =>
        {
            var world = new World(life.Slots);
            foreach (var step in life.Before) world.Take(step);
            world.Take(new Step(Kind.Drain, 0));
            foreach (var step in life.Drained.TakeWhile(_ => !world.HasEnded)) world.Take(step);
            if (!world.HasEnded) world.Take(new Step(Kind.Leave, 0));
            world.FinishAll();
            world.Ended.Count.ShouldBe(world.Ended.Distinct().Count());
            world.Ended.ShouldBe(world.Asked, ignoreOrder: true);
            world.HasEnded.ShouldBeTrue();
        }).QuickCheckThrowOnFailure();

    private sealed record Step(Kind Kind, int Trial);

    private sealed class World(int slots)
    {
        private readonly NodeMachine _machine = new(Node(slots));
        private readonly Dictionary<int, Lease> _running = [];
        private bool _isDraining;

        public HashSet<Lease> Asked { get; } = [];

        public List<Lease> Ended { get; } = [];

        public bool HasEnded { get; private set; }

        public void Take(Step step)
        {
            var lease = LeaseOf(step.Trial);
            switch (step.Kind)
            {
                case Kind.Start: Asked.Add(lease); Tell(new NodeMessage.Ordered(new ToNode.StartTrial(lease, SpecOf(step.Trial)))); break;
                case Kind.Stop: Asked.Add(lease); Tell(new NodeMessage.Ordered(new ToNode.StopTrial(lease))); break;
                case Kind.Finish: Finish(step.Trial % slots); break;
                case Kind.Epoch: Tell(new NodeMessage.EpochDone(lease, new EpochReport(1, new Score(1, 0), new Score(1, 0), 1))); break;
                case Kind.Announce: Tell(new NodeMessage.Ordered(new ToNode.Announce())); break;
                case Kind.Drain: _isDraining = true; Tell(new NodeMessage.Ordered(new ToNode.Drain())); break;
                case Kind.Leave: Tell(new NodeMessage.Ordered(new ToNode.Leave())); break;
                default: throw new InvalidOperationException($"No step {step}.");
            }
        }

        public void FinishAll()
        {
            for (var slot = 0; slot < slots; slot++) Finish(slot);
        }

        private void Finish(int slot)
        {
            if (_running.Remove(slot, out var lease)) Tell(new NodeMessage.TrialDone(lease, new TrialOutcome.Stopped()));
        }

        private void Tell(NodeMessage message)
        {
            foreach (var effect in _machine.On(message)) Perform(effect);
        }

        private void Perform(NodeEffect effect)
        {
            switch (effect)
            {
                case NodeEffect.Train train:
                    _isDraining.ShouldBeFalse();
                    train.Slot.ShouldBeInRange(0, slots - 1);
                    _running.TryAdd(train.Slot, train.Lease).ShouldBeTrue($"Slot {train.Slot} is taken.");
                    break;
                case NodeEffect.Stop stop: _running.ShouldContainKey(stop.Slot); break;
                case NodeEffect.Send { Message: ToCoordinator.TrialEnded ended }: Ended.Add(ended.Lease); break;
                case NodeEffect.Send { Message: ToCoordinator.EpochReported epoch }: _running.Values.ShouldContain(epoch.Lease); break;
                case NodeEffect.Send { Message: ToCoordinator.NodeJoined joined }:
                    joined.IsDraining.ShouldBe(_isDraining);
                    joined.Held.ShouldBe(_running.Values, ignoreOrder: true);
                    break;
                case NodeEffect.AwaitStops: _running.ShouldNotBeEmpty(); break;
                case NodeEffect.End: _running.ShouldBeEmpty(); HasEnded = true; break;
                default: throw new InvalidOperationException($"Unexpected {effect}.");
            }
        }
    }
}
