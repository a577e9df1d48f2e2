using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Sampling;

/// <summary>Chooses the parameters of each trial of a sweep.</summary>
public interface ISampler
{
    /// <summary>How many trials there are to choose; null where there is no end.</summary>
    long? Count { get; }

    /// <summary>The parameters that the sweep sets for a trial. The same for the same sweep and number, in any order of asking.</summary>
    /// <param name="number">From 1, at most <see cref="Count"/>.</param>
    ParameterSet Choose(int number);
}
