using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live;

/// <summary>The nodes that are connected, and what each does, as others see them.</summary>
internal static class LiveNodes
{
    /// <param name="running">The trials that run, on whichever node.</param>
    public static IReadOnlyList<NodeStatus> Status(NodeRoster nodes, IEnumerable<TrialRecord> running)
    {
        var trials = running.OrderBy(trial => trial.StartedAt).ThenBy(trial => trial.Spec.Id.Number).ToLookup(trial => trial.Node, trial => trial.Spec.Id);
        return [.. nodes.All.Select(node => Status(node.Description, node, [.. trials[node.Id]]))];
    }

    private static NodeStatus Status(NodeDescription description, NodeRecord node, IReadOnlyList<TrialId> running) => new(
        description.Id.Name, node.Activity, description.Slots, running, description.Kernels, description.Processor, description.Host, description.Version,
        node.Since, node.Reason, description.Engines ?? EngineSet.NativeAlone);
}
