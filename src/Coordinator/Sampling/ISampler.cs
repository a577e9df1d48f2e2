using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Sampling;

/// <summary>Chooses the parameters of each trial of a sweep.</summary>
/// <remarks>What it chooses depends on the sweep's seed, the number, the attempt, and what it was told before; on nothing else.</remarks>
public interface ISampler
{
    /// <summary>The parameters that the sweep sets for a trial.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="attempt">How many proposals for this number were turned down: they broke a constraint, or repeated an earlier trial.</param>
    ParameterSet Choose(int number, int attempt = 0);

    /// <summary>Learns how a trial stands: when it is started, and when it has ended. The newest word about a number counts.</summary>
    void Tell(Observation observation);
}
