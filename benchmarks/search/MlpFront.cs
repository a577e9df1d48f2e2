using FashionSweep.Search.Fronts;
using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Benchmarks;

/// <summary>A search of the table for networks that are accurate and small: what its front leaves behind it.</summary>
internal sealed class MlpFront
{
    private const int Pixels = 784;
    private const int Classes = 10;

    /// <summary>After how many trials it is read.</summary>
    public static IReadOnlyList<int> Budgets { get; } = [25, 50, 100, 200];

    private readonly SearchProblem _problem;
    private readonly Hypervolume _box;
    private readonly double _most;

    public MlpFront(SearchProblem table)
    {
        _problem = table;
        List<double[]> all = [.. Enumerable.Range(0, (int)GridSpace.Of(table.Space)!.Size).Select(point => LossesOf(GridSpace.Of(table.Space)!.At(point)))];
        _box = Hypervolume.Around(all);
        _most = _box.ShareOf(FrontOf(all));
    }

    /// <returns>After each of the budgets the share of what the front of the whole table leaves behind it.</returns>
    public double[] Shares(Func<SearchSpace, long, ISampler> start, long seed, int parallel)
    {
        List<double[]> losses = [.. Search.Trials(_problem, start(_problem.Space, seed), seed, parallel, LossesOf).Take(Budgets[^1])
            .Select(trial => trial.Losses!.ToArray())];
        return [.. Budgets.Select(budget => _box.ShareOf(FrontOf(losses[..budget])) / _most)];
    }

    private double[] LossesOf(ParameterSet trial)
    {
        var (depth, width) = (Whole(trial["depth"]), Whole(trial["width"]));
        var weights = (Pixels + 1) * width + (depth - 1) * (width + 1) * width + (width + 1) * Classes;
        return [_problem.Loss(trial), Math.Log(weights)];
    }

    private static List<double[]> FrontOf(List<double[]> points) => [.. ParetoFront.Of(points).Select(place => points[place])];

    private static long Whole(ParameterValue? value) => ((ParameterValue.Whole)value!).Value;
}
