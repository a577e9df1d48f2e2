using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Machine;

/// <summary>
/// What a cluster's machine decides upon messages that have waited together, and the order in which it is acted upon. Whoever acts may end between any two
/// steps: what is not saved by then was neither confirmed nor sent.
/// </summary>
public sealed class ClusterBatch(ClusterMachine machine)
{
    // One sync of the disk for many messages, and a bound on what waits for it.
    private const int Most = 256;

    private readonly List<ClusterEffect> _effects = [];
    private readonly Dictionary<(NodeId Node, string Process), long> _heard = [];
    private int _taken;

    public bool IsEmpty => _taken == 0;

    /// <summary>It is to be closed before more is taken.</summary>
    public bool IsFull => _taken == Most;

    /// <summary>How the work ends with this batch; null where it goes on.</summary>
    public ClusterEffect.End? End => _effects.OfType<ClusterEffect.End>().SingleOrDefault();

    public void Take(ClusterMessage message, DateTimeOffset now)
    {
        _taken++;
        _effects.AddRange(machine.On(message, now));
    }

    public void Take(LinkEffect.Pass pass, DateTimeOffset now) =>
        Take(pass.Node, pass.Process, pass.Number, new ClusterMessage.NodeSaid(pass.Node, pass.Message), now);

    public void Take(LinkEffect.Gone gone, DateTimeOffset now)
    {
        // What was to go over this link is not for its node's next one: the trials are lost, and run again.
        _effects.RemoveAll(effect => effect is ClusterEffect.Send send && send.Node == gone.Node);
        Take(gone.Node, gone.Process, gone.Number, new ClusterMessage.NodeDisconnected(gone.Node, gone.Reason, gone.HasLeft), now);
    }

    /// <summary>Empties the batch.</summary>
    /// <returns>What is to be done, in order.</returns>
    public IReadOnlyList<BatchStep> Close()
    {
        BatchStep[] steps = [.. Steps([.. _effects.OfType<ClusterEffect.Save>().Select(save => save.Event)])];
        _effects.Clear();
        _heard.Clear();
        _taken = 0;
        return steps;
    }

    private void Take(NodeId node, string process, long number, ClusterMessage message, DateTimeOffset now)
    {
        if (number > 0) _heard[(node, process)] = number;
        Take(message, now);
    }

    private IEnumerable<BatchStep> Steps(IReadOnlyList<SweepEvent> events)
    {
        // Saved before sent: a crash runs a trial again, it never loses one.
        if (events.Count > 0) yield return new BatchStep.Save(events);
        // And before it is confirmed: what a crash leaves unsaved is said again.
        foreach (var ((node, process), number) in _heard) yield return new BatchStep.Tell(new LinkMessage.Saved(node, process, number));
        foreach (var orders in _effects.OfType<ClusterEffect.Send>().GroupBy(send => send.Node, send => send.Message))
            yield return new BatchStep.Tell(new LinkMessage.Order(orders.Key, [.. orders]));
        foreach (var effect in _effects)
        {
            if (effect is ClusterEffect.Part part) yield return new BatchStep.Tell(new LinkMessage.Part(part.Node));
            if (effect is ClusterEffect.SetTimer or ClusterEffect.ClearTimer or ClusterEffect.Discard) yield return new BatchStep.Act(effect);
        }
        foreach (var happened in events) yield return new BatchStep.Show(happened);
        // Answered last: whoever has an answer can look at what follows from it.
        foreach (var answer in _effects.OfType<ClusterEffect.Answer>()) yield return new BatchStep.Act(answer);
    }
}

/// <summary>One step of acting upon a batch.</summary>
public abstract record BatchStep
{
    private BatchStep()
    {
    }

    /// <summary>In one transaction; durable before the next step.</summary>
    public sealed record Save(IReadOnlyList<SweepEvent> Events) : BatchStep;

    /// <summary>To the links.</summary>
    public sealed record Tell(LinkMessage Message) : BatchStep;

    /// <param name="Effect">A timer, a discard or an answer.</param>
    public sealed record Act(ClusterEffect Effect) : BatchStep;

    /// <summary>To those who observe.</summary>
    public sealed record Show(SweepEvent Happened) : BatchStep;
}
