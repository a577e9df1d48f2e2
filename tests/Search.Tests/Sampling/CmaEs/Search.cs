using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sampling.CmaEs;

/// <summary>Runs a sampler against a made-up objective.</summary>
internal static class Search
{
    public static SearchSpace Cube(int dimensions) =>
        Engine.Space(
            [.. Enumerable.Range(0, dimensions).Select(axis => new SearchParameter($"x{axis}", new SearchDomain.RealRange(0, 1, Logarithmic: false)))]);

    public static double Share(ParameterSet trial, int axis) => ((ParameterValue.Real)trial[$"x{axis}"]!).Value;

    /// <summary>The least loss of so many trials, each told when as many others have been started after it.</summary>
    public static double Best(ISampler sampler, Func<ParameterSet, double> loss, int trials, int parallel = 1) =>
        Run(sampler, loss, trials, parallel).Min(trial => trial.Loss ?? double.MaxValue);

    /// <returns>All as they stand at the end: the last ones are running.</returns>
    public static List<Observation> Run(ISampler sampler, Func<ParameterSet, double> loss, int trials, int parallel = 1)
    {
        var ended = new List<Observation>();
        var running = new Queue<Observation>();
        for (var number = 1; number <= trials; number++)
        {
            running.Enqueue(new(number, sampler.Choose(number)!, Standing.Running));
            sampler.Tell(running.Last());
            if (running.Count < parallel) continue;
            var first = running.Dequeue();
            ended.Add(first with { Standing = Standing.Completed, Loss = loss(first.Parameters), Epochs = 1 });
            sampler.Tell(ended[^1]);
        }
        return [.. ended, .. running];
    }

    /// <summary>The middle one of eleven seeds.</summary>
    public static double Median(Func<long, double> measure) => Enumerable.Range(0, 11).Select(seed => measure(seed)).Order().ElementAt(5);

    public static double Sphere(ParameterSet trial, int dimensions) => Enumerable.Range(0, dimensions).Sum(axis => Math.Pow(Share(trial, axis) - 0.7, 2));

    /// <summary>A narrow valley along the diagonals: axes of 1 to <paramref name="narrowness"/>, turned by 45 degrees in the planes of neighbours.</summary>
    public static double TurnedEllipsoid(ParameterSet trial, int dimensions, double narrowness)
    {
        var offsets = Enumerable.Range(0, dimensions).Select(axis => Share(trial, axis) - 0.4).ToArray();
        for (var axis = 1; axis < dimensions; axis++)
            (offsets[axis - 1], offsets[axis]) = ((offsets[axis - 1] - offsets[axis]) / Math.Sqrt(2), (offsets[axis - 1] + offsets[axis]) / Math.Sqrt(2));
        return offsets.Index().Sum(offset => Math.Pow(narrowness, 2.0 * offset.Index / (dimensions - 1)) * offset.Item * offset.Item);
    }

    /// <summary>Rosenbrock's curved valley, from -2 to 2 along each axis; the minimum lies at 1.</summary>
    public static double Rosenbrock(ParameterSet trial, int dimensions)
    {
        var at = Enumerable.Range(0, dimensions).Select(axis => (4 * Share(trial, axis)) - 2).ToArray();
        return at.Zip(at.Skip(1)).Sum(pair => (100 * Math.Pow(pair.Second - (pair.First * pair.First), 2)) + Math.Pow(1 - pair.First, 2));
    }
}
