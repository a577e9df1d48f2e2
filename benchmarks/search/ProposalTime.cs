using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Search.Benchmarks;

/// <summary>What a proposal costs in a long sweep, in time of the processor: what else runs on the machine doesn't count.</summary>
internal static class ProposalTime
{
    private const int Proposals = 50;

    /// <summary>After how many it is measured.</summary>
    public static IReadOnlyList<int> Trials { get; } = [50, 100, 300, 1000];

    /// <returns>The mean of asking for a trial and telling how it ended.</returns>
    public static TimeSpan After(Func<SearchSpace, long, ISampler> start, int trials, int parameters)
    {
        var space = new SearchSpace(
            TrainerCatalog.Parameters, [.. Enumerable.Range(0, parameters).Select(axis => new SearchParameter($"x{axis}", DomainOf(axis)))]);
        var sampler = start(space, 1);
        var random = new RandomSampler(space, seed: 2);
        for (var number = 1; number <= trials; number++) sampler.Tell(Ended(number, random.Choose(number)!));
        Go(sampler, trials + 1);
        var before = Environment.CpuUsage.TotalTime;
        Go(sampler, trials + 1 + Proposals);
        return (Environment.CpuUsage.TotalTime - before) / Proposals;
    }

    private static void Go(ISampler sampler, int first)
    {
        for (var number = first; number < first + Proposals; number++) sampler.Tell(Ended(number, sampler.Choose(number)!));
    }

    private static Observation Ended(int number, ParameterSet chosen) => new(number, chosen, Standing.Completed, LossOf(chosen), Epochs: 1);

    private static double LossOf(ParameterSet chosen) =>
        chosen.Sum(parameter => parameter.Value is ParameterValue.Real { Value: var x } ? (x - 0.3) * (x - 0.3) : 0);

    private static SearchDomain DomainOf(int axis) => (axis % 5) switch
    {
        3 => new SearchDomain.Choices(["a", "b", "c", "d"]),
        4 => new SearchDomain.WholeRange(1, 8),
        _ => new SearchDomain.RealRange(0.001, 1, Logarithmic: axis % 2 == 0),
    };
}
