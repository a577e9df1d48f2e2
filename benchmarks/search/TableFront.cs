using FashionSweep.Search.Fronts;
using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Benchmarks;

/// <summary>A search of a table for networks that are accurate and small: what its front leaves behind it.</summary>
internal sealed class TableFront
{
    /// <summary>After how many trials it is read.</summary>
    public static IReadOnlyList<int> Budgets { get; } = [25, 50, 100, 200];

    private readonly RecordedTable _table;
    private readonly Hypervolume _box;
    private readonly double _most;

    public TableFront(RecordedTable table)
    {
        _table = table;
        var grid = GridSpace.Of(table.Problem.Space)!;
        List<double[]> all = [.. Enumerable.Range(0, (int)grid.Size).Select(point => LossesOf(grid.At(point)))];
        _box = Hypervolume.Around(all);
        _most = _box.ShareOf(FrontOf(all));
    }

    /// <returns>After each of the budgets the share of what the front of the whole table leaves behind it.</returns>
    public double[] Shares(Func<SearchSpace, long, ISampler> start, long seed, int parallel)
    {
        List<double[]> losses = [.. Search.Trials(_table.Problem, start(_table.Problem.Space, seed), seed, parallel, LossesOf).Take(Budgets[^1])
            .Select(trial => trial.Losses!.ToArray())];
        return [.. Budgets.Select(budget => _box.ShareOf(FrontOf(losses[..budget])) / _most)];
    }

    private double[] LossesOf(ParameterSet trial) => [_table.Problem.Loss(trial), Math.Log(_table.WeightsOf(trial))];

    private static List<double[]> FrontOf(List<double[]> points) => [.. ParetoFront.Of(points).Select(place => points[place])];
}
