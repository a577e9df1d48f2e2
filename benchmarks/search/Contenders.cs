using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.CmaEs;
using FashionSweep.Search.Sampling.Gaussian;
using FashionSweep.Search.Sampling.Sobol;
using FashionSweep.Search.Sampling.Tpe;
using FashionSweep.Search.Space;

namespace FashionSweep.Search.Benchmarks;

/// <summary>The samplers of the table.</summary>
internal static class Contenders
{
    public static IReadOnlyList<(string Name, Func<SearchSpace, long, ISampler> Start)> All { get; } = [
        ("random", (space, seed) => new RandomSampler(space, seed)),
        ("sobol", (space, seed) => new SobolSampler(space, seed)),
        ("cmaes", (space, seed) => new CmaEsSampler(space, seed)),
        ("tpe", (space, seed) => new TpeSampler(space, seed)),
        ("gp", (space, seed) => new GpSampler(space, seed)),
    ];
}
