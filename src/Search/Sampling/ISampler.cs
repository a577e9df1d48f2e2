using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling;

/// <summary>Chooses the parameters of each trial of a sweep.</summary>
/// <remarks>What it chooses depends on the sweep's seed, the number, and what it was told before; on nothing else.</remarks>
public interface ISampler
{
    /// <summary>A proposal. One that breaks a constraint or repeats another is turned down, and the next number is asked for.</summary>
    /// <param name="number">Of the proposal, from 1, each higher than those before.</param>
    /// <returns>What the sweep sets; null where there is nothing beyond.</returns>
    ParameterSet? Choose(int number);

    /// <summary>Learns how a trial stands: when it is started, and when it has ended. The newest word about a number counts.</summary>
    void Tell(Observation observation);
}
