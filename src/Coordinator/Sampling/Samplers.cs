using System.Numerics;
using FashionSweep.Coordinator.Sweeps;

namespace FashionSweep.Coordinator.Sampling;

/// <summary>The sampler of each search method.</summary>
public static class Samplers
{
    /// <summary>The sampler of a sweep. A finite space is never sampled twice at the same point, whatever the method.</summary>
    public static ISampler For(SweepSpec spec)
    {
        if (GridSpace.Of(spec.Space) is { } grid)
            return new GridSampler(grid, Total(spec), spec.Method == SearchMethod.Random ? new Permutation(grid.Size, spec.Seed) : null);
        return spec.Method == SearchMethod.Random
            ? new RandomSampler(spec.Space, spec.Seed)
            : throw new InvalidOperationException("A grid can't have a continuous parameter.");
    }

    /// <summary>How many trials a sweep has in all.</summary>
    public static int Total(SweepSpec spec) => (int)BigInteger.Min(spec.RunCap ?? int.MaxValue, GridSpace.Of(spec.Space)?.Size ?? int.MaxValue);
}
