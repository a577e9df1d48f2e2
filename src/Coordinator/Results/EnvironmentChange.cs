using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Results;

/// <summary>Something that decides a trial's bits and is not as recorded.</summary>
public sealed record EnvironmentChange(string What, string Then, string Now)
{
    public static IReadOnlyList<EnvironmentChange> Between(TrialEnvironment recorded, TrialEnvironment here) =>
    [
        .. new EnvironmentChange[]
        {
            new("kernel set", recorded.Kernels, here.Kernels), new("precision", recorded.Precision, here.Precision),
            new("engine", recorded.Engine, here.Engine), new("processor", recorded.Processor, here.Processor),
        }.Where(change => change.Then != change.Now),
    ];
}
