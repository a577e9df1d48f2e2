using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Benchmarks;

/// <summary>One search as a sweep asks for it: nothing is tried twice, and some trials run at a time.</summary>
internal static class Search
{
    /// <summary>After how many trials the regret is read.</summary>
    public static IReadOnlyList<int> Budgets { get; } = [25, 50, 100];

    /// <returns>How far the trial that looks best after each of the budgets is from the least there is, without the noise.</returns>
    public static double[] Regrets(SearchProblem problem, Func<SearchSpace, long, ISampler> start, long seed, int parallel)
    {
        var trials = Trials(problem, start(problem.Space, seed), seed, parallel).Take(Budgets[^1]).ToList();
        return [.. Budgets.Select(budget => problem.Loss(trials.Take(budget).MinBy(trial => trial.Loss)!.Parameters) - problem.Least)];
    }

    // The trial that has run for longest ends, and the next one starts in its place.
    private static IEnumerable<Observation> Trials(SearchProblem problem, ISampler sampler, long seed, int parallel)
    {
        var noise = SplitMix64.Key(seed, "noise");
        var running = new Queue<Observation>();
        foreach (var (index, chosen) in Proposals(sampler).Distinct().Index())
        {
            var trial = new Observation(index + 1, chosen, Standing.Running);
            sampler.Tell(trial);
            running.Enqueue(trial);
            if (running.Count < parallel) continue;
            var ended = running.Dequeue();
            var off = NormalCurve.Quantile(SplitMix64.At(noise, ended.Number).NextUnit());
            ended = ended with { Standing = Standing.Completed, Loss = problem.Loss(ended.Parameters) + problem.Noise * off, Epochs = 1 };
            sampler.Tell(ended);
            yield return ended;
        }
    }

    private static IEnumerable<ParameterSet> Proposals(ISampler sampler)
    {
        for (var number = 1; sampler.Choose(number) is { } proposal; number++) yield return proposal;
    }
}
