using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.TrainerNode.Tests;

internal static class Samples
{
    public static NodeDescription Node(int slots) => new(new NodeId("local-1"), slots, "managed Vector256", "A processor", 4711);

    public static Lease LeaseOf(int trial) => new(new TrialId("quick", trial), new NodeId("local-1"), 1);

    public static TrialSpec SpecOf(int trial) => new(LeaseOf(trial).Trial, ParameterSet.Empty, Objective.Default);
}
