using FashionSweep.Search.Sampling;
using FashionSweep.Search.Sampling.Gaussian;
using FashionSweep.Search.Sampling.Tpe;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Benchmarks;

/// <summary>What an earlier sweep is worth, by what it had looked at: the function itself, one that is moved, or one that is turned upside down.</summary>
internal static class PriorWorth
{
    /// <summary>By another seed of the same method.</summary>
    public const int TrialsBefore = 60;

    private const double Moved = 0.1;

    public static IReadOnlyList<(string Name, Func<SearchSpace, long, IReadOnlyList<PriorSweep>, ISampler> Start)> Contenders { get; } =
    [
        ("tpe", (space, seed, prior) => new TpeSampler(space, seed, prior)),
        ("gp", (space, seed, prior) => new GpSampler(space, seed, prior)),
    ];

    /// <summary>What the earlier sweep had looked at.</summary>
    public static IReadOnlyList<(string Name, Func<SearchProblem, Func<ParameterSet, double>>? LossThere)> Ways { get; } =
    [
        ("none", null),
        ("the same, all worse by 1", problem => trial => problem.Loss(trial) + 1),
        ("moved by a tenth of each axis, round", problem => trial => problem.Loss(Beside(trial, problem.Space))),
        ("upside down", problem => trial => -problem.Loss(trial)),
    ];

    /// <summary>Those whose axes can be moved, and whose best is known without a table.</summary>
    public static bool Suits(SearchProblem problem) => problem.Noise == 0 && problem.Space.Parameters.All(axis => axis.Domain is SearchDomain.RealRange);

    /// <returns>Of a sweep that starts from another, whose best configuration is tried first, as <see cref="Search.Regrets"/> has them.</returns>
    public static double[] Regrets(
        SearchProblem problem, Func<SearchSpace, long, IReadOnlyList<PriorSweep>, ISampler> start,
        Func<SearchProblem, Func<ParameterSet, double>>? lossThere, long seed, int parallel)
    {
        if (lossThere is null) return Search.Regrets(problem, (space, number) => start(space, number, []), seed, parallel);
        var there = problem with { Loss = lossThere(problem) };
        List<PriorResult> results = [.. Search.Trials(there, start(there.Space, seed + 1000, []), seed + 1000, parallel: 1).Take(TrialsBefore)
            .OrderBy(trial => trial.Loss).Select(trial => new PriorResult(trial.Parameters, [trial.Loss!.Value], 1))];
        return Search.Regrets(
            problem, (space, number) => new BaselineFirst(start(space, number, [new PriorSweep("before", results)]), results[0].Parameters), seed, parallel);
    }

    private static ParameterSet Beside(ParameterSet trial, SearchSpace space) => new(trial.Select(pair =>
    {
        var domain = space.Parameters.First(parameter => parameter.Name == pair.Key).Domain;
        return KeyValuePair.Create(pair.Key, domain.At((domain.ShareOf(pair.Value) + Moved) % 1));
    }));

    private sealed class BaselineFirst(ISampler sampler, ParameterSet baseline) : ISampler
    {
        public ParameterSet? Choose(int number) => number == 1 ? baseline : sampler.Choose(number - 1);

        public void Tell(Observation observation) => sampler.Tell(observation);
    }
}
