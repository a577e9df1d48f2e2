using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling;

/// <summary>How a configuration of the sweep stands.</summary>
/// <param name="Number">In the order of trying, from 1; not that of the proposal.</param>
/// <param name="Parameters">As they were chosen, without those that do nothing beside the others.</param>
/// <param name="Loss">The objective at the best epoch, the lower the better (a maximized metric is negated); null where there is none.</param>
/// <param name="Epochs">How many it has trained.</param>
/// <param name="Results">Of how many trials the loss is.</param>
public sealed record Observation(int Number, ParameterSet Parameters, Standing Standing, double? Loss = null, int Epochs = 0, int Results = 1)
{
    /// <summary>By all objectives, the loss first; null where there is one objective, or no result.</summary>
    public IReadOnlyList<double>? Losses { get; init; }
}

public enum Standing
{
    Running,
    Completed,

    /// <summary>Ended before its last epoch, for it was not promising.</summary>
    Pruned,

    /// <summary>Without a result: it diverged or failed.</summary>
    Failed,
}
