using FashionSweep.Search.Sampling.CmaEs;
using FashionSweep.Search.Sampling.Gaussian;
using FashionSweep.Search.Sampling.Sobol;
using FashionSweep.Search.Sampling.Tpe;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;

namespace FashionSweep.Search.Sampling;

/// <summary>The sampler of each search method.</summary>
public static class Samplers
{
    public static ISampler For(SweepSpec spec) => spec.Method switch
    {
        SearchMethod.Grid => GridSpace.Of(spec.Space) is { } grid
            ? new GridSampler(grid, order: null)
            : throw new InvalidOperationException("A grid can't have a continuous parameter."),
        // Where all points are as likely, draws that never return to one come to a random order of them.
        SearchMethod.Random => GridSpace.Of(spec.Space) is { } grid && grid.Size <= Permutation.LargestSize
            && spec.Parameters.All(parameter => parameter.Domain.IsEven)
            ? new GridSampler(grid, new Permutation(grid.Size, spec.Seed))
            : new RandomSampler(spec.Space, spec.Seed),
        SearchMethod.Sobol => new SobolSampler(spec.Space, spec.Seed),
        SearchMethod.Tpe => new TpeSampler(spec.Space, spec.Seed, spec.Known),
        SearchMethod.Cmaes => new CmaEsSampler(spec.Space, spec.Seed),
        SearchMethod.Gp => new GpSampler(spec.Space, spec.Seed, spec.Known),
        _ => throw new InvalidOperationException($"No sampler for {spec.Method}."),
    };
}
