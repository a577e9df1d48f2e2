using FashionSweep.Search.Conditions;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Search.Benchmarks;

/// <summary>The functions of the regret table. optuna_regret.py has them all again.</summary>
internal static class Problems
{
    private static readonly double[] HartmannHeights = [1.0, 1.2, 3.0, 3.2];

    private static readonly double[][] HartmannSlopes =
        [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];

    private static readonly double[][] HartmannPlaces = [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    public static IReadOnlyList<SearchProblem> All { get; } = [
        new("branin", Plane, BraninOf, LeastOfBranin),
        new("hartmann6", Cube, HartmannOf, LeastOfHartmann),
        new("ackley5", Box([.. Enumerable.Repeat((-10.0, 20.0), 5)]), trial => Ackley(Point(trial)), 0),
        new("ellipsoid", Box([.. Enumerable.Repeat((-1.0, 1.0), 4)]), trial => Ellipsoid(Point(trial)), 0),
        new("conditional", ConditionalSpace(), Conditional, 0),
        new("branin-noisy", Plane, BraninOf, LeastOfBranin, Noise: 1),
        new("hartmann6-noisy", Cube, HartmannOf, LeastOfHartmann, Noise: 0.1),
    ];

    private const double LeastOfBranin = 0.39788735772973816;
    private const double LeastOfHartmann = -3.32236801141551;

    private static SearchSpace Plane => Box((-5, 10), (0, 15));

    private static SearchSpace Cube => Box([.. Enumerable.Repeat((0.0, 1.0), 6)]);

    private static double BraninOf(ParameterSet trial) => Branin(Point(trial));

    private static double HartmannOf(ParameterSet trial) => Hartmann6(Point(trial));

    private static double Branin(double[] x) =>
        Square(x[1] - (5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0]) + (5 / Math.PI * x[0]) - 6) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x[0])) + 10;

    private static double Hartmann6(double[] x) => -HartmannHeights.Select((height, peak) =>
        height * Math.Exp(-x.Select((value, axis) => HartmannSlopes[peak][axis] * Square(value - HartmannPlaces[peak][axis])).Sum())).Sum();

    // The parameters of three optimizers, each with its own best learning rate; only one of them reaches 0.
    // Far from its best, as in training, all is equally bad.
    private static double Conditional(ParameterSet trial)
    {
        var rate = Math.Log10(Number(trial["learning_rate"]));
        var depth = Number(trial["depth"]);
        var badness = trial["optimizer"]!.ToString() switch
        {
            "sgd" => 0.05 + (0.3 * Square(rate - Math.Log10(1 - Number(trial["momentum"])) + 0.5)) + (0.2 * Square(Number(trial["momentum"]) - 0.9)),
            "adam" => (0.4 * Square(rate + 3)) + (0.2 * Square(Math.Log10(1 - Number(trial["beta2"])) + 2.5)),
            _ => 0.02 + (0.5 * Square(rate + 3.5)) + (0.2 * Square(Math.Log10(1 - Number(trial["alpha"])) + 1.5)),
        };
        badness += (0.03 * Square(depth - 4)) + (depth < 3 ? 0.05 : 2 * Square(Number(trial["dropout"]) - (0.1 * (depth - 2))));
        return 1 - Math.Exp(-badness);
    }

    private static SearchSpace ConditionalSpace()
    {
        var names = Vocabulary.Of(TrainerCatalog.Parameters, ["optimizer", "depth"]);
        return new SearchSpace(TrainerCatalog.Parameters, [
            new("optimizer", new SearchDomain.Choices(["sgd", "adam", "rmsprop"])),
            new("learning_rate", new SearchDomain.RealRange(1e-5, 1, Logarithmic: true)),
            new("depth", new SearchDomain.WholeRange(1, 6)),
            new("momentum", Real(0, 0.99), Condition.Parse("optimizer = sgd", names)),
            new("beta2", Real(0.9, 0.9999), Condition.Parse("optimizer = adam", names)),
            new("alpha", Real(0.8, 0.999), Condition.Parse("optimizer = rmsprop", names)), new("dropout", Real(0, 0.6), Condition.Parse("depth >= 3", names)),
        ]);
    }

    // Turned by 30 degrees in each pair of neighbouring axes; a hundred times as steep along the last as along the first.
    private static double Ellipsoid(double[] x)
    {
        double[] turned = [.. x.Select(value => value - 0.3)];
        for (var axis = 0; axis + 1 < turned.Length; axis++)
        {
            var (sine, cosine) = Math.SinCos(Math.PI / 6);
            (turned[axis], turned[axis + 1]) = ((cosine * turned[axis]) - (sine * turned[axis + 1]), (sine * turned[axis]) + (cosine * turned[axis + 1]));
        }
        return turned.Select((value, axis) => Math.Pow(100, axis / (turned.Length - 1.0)) * value * value).Sum();
    }

    private static double Ackley(double[] x) =>
        20 + Math.E - (20 * Math.Exp(-0.2 * Math.Sqrt(x.Average(Square)))) - Math.Exp(x.Average(value => Math.Cos(2 * Math.PI * value)));

    private static SearchSpace Box(params (double Min, double Max)[] sides) =>
        new(TrainerCatalog.Parameters, [.. sides.Select((side, axis) => new SearchParameter($"x{axis}", Real(side.Min, side.Max)))]);

    private static SearchDomain.RealRange Real(double min, double max) => new(min, max, Logarithmic: false);

    private static double[] Point(ParameterSet trial) => [.. trial.Select(parameter => Number(parameter.Value))];

    private static double Number(ParameterValue? value) => value is ParameterValue.Whole whole ? whole.Value : ((ParameterValue.Real)value!).Value;

    private static double Square(double value) => value * value;
}
