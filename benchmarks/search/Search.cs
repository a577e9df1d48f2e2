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

    /// <summary>They as they end: the trial that has run for longest does, and the next one starts in its place.</summary>
    /// <param name="lossesOf">Of several objectives; null where there is one.</param>
    public static IEnumerable<Observation> Trials(
        SearchProblem problem, ISampler sampler, long seed, int parallel, Func<ParameterSet, double[]>? lossesOf = null)
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
            if (lossesOf is not null) ended = ended with { Losses = lossesOf(ended.Parameters) };
            sampler.Tell(ended);
            yield return ended;
        }
    }

    private static IEnumerable<ParameterSet> Proposals(ISampler sampler)
    {
        for (var number = 1; sampler.Choose(number) is { } proposal; number++) yield return proposal;
    }
}
