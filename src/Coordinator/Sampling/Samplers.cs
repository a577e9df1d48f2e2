using System.Numerics;
using FashionSweep.Coordinator.Sweeps;

namespace FashionSweep.Coordinator.Sampling;

/// <summary>The sampler of each search method.</summary>
public static class Samplers
{
    /// <summary>The sampler of a sweep. A finite space is never sampled twice at the same point, whatever the method.</summary>
    public static ISampler For(SweepSpec spec)
    {
        if (GridSpace.Of(spec.Parameters) is { } grid && (spec.Method == SearchMethod.Grid || Total(spec) == grid.Size || spec.Parameters.All(parameter => parameter.Domain.IsEven)))
            return new GridSampler(grid, Total(spec), spec.Method != SearchMethod.Grid ? new Permutation(grid.Size, spec.Seed) : null);
        return spec.Method == SearchMethod.Random
            ? new RandomSampler(spec.Space, spec.Seed)
            : throw new InvalidOperationException($"There is no sampler for {spec.Method} of this space.");
    }

    /// <summary>How many trials a sweep has in all.</summary>
    public static int Total(SweepSpec spec) => (int)BigInteger.Min(spec.RunCap ?? int.MaxValue, GridSpace.Of(spec.Parameters)?.Size ?? int.MaxValue);
}
