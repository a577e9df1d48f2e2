using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Benchmarks;

/// <summary>One search as a sweep asks for it: nothing is tried twice, and some trials run at a time.</summary>
internal static class Search
{
    /// <summary>After how many trials the regret is read.</summary>
    public static IReadOnlyList<int> Budgets { get; } = [25, 50, 100];

    /// <returns>The regret after each of the budgets.</returns>
    public static double[] Regrets(SearchProblem problem, Func<SearchSpace, long, ISampler> start, long seed, int parallel)
    {
        var losses = Losses(problem, start(problem.Space, seed), parallel).Take(Budgets[^1]).ToList();
        return [.. Budgets.Select(budget => losses.Take(budget).Min() - problem.Least)];
    }

    // The trial that has run for longest ends, and the next one starts in its place.
    private static IEnumerable<double> Losses(SearchProblem problem, ISampler sampler, int parallel)
    {
        var running = new Queue<Observation>();
        foreach (var (index, chosen) in Proposals(sampler).Distinct().Index())
        {
            var trial = new Observation(index + 1, chosen, Standing.Running);
            sampler.Tell(trial);
            running.Enqueue(trial);
            if (running.Count < parallel) continue;
            var ended = running.Dequeue();
            var loss = problem.Loss(ended.Parameters);
            sampler.Tell(ended with { Standing = Standing.Completed, Loss = loss, Epochs = 1 });
            yield return loss;
        }
    }

    private static IEnumerable<ParameterSet> Proposals(ISampler sampler)
    {
        for (var number = 1; sampler.Choose(number) is { } proposal; number++) yield return proposal;
    }
}
