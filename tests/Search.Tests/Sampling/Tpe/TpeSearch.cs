using FashionSweep.Search.Sampling;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sampling.Tpe;

/// <summary>Searches of two spaces.</summary>
internal static class TpeSearch
{
    public static SearchSpace Square { get; } = Engine.Space([new("x", Real(0, 1)), new("y", Real(0, 1))]);

    /// <summary>Momentum of sgd alone.</summary>
    public static SearchSpace Mixed { get; } = Engine.Space([
        new("learning_rate", new SearchDomain.RealRange(1e-5, 1, Logarithmic: true)), new("depth", new SearchDomain.WholeRange(1, 6)),
        new("optimizer", new SearchDomain.Choices(["sgd", "adam", "lion"])), new("epochs", new SearchDomain.Constant(3L)),
        new("momentum", Real(0, 0.99), Engine.Parse("optimizer = sgd", ["optimizer"])),
    ]);

    public static double Bowl(ParameterSet trial) => Squared(Number(trial, "x") - 0.2) + Squared(Number(trial, "y") - 0.7);

    public static double Training(ParameterSet trial) => Squared(Math.Log10(Number(trial, "learning_rate")) + 2) + 0.1 * Squared(Number(trial, "depth") - 4)
        + (trial["momentum"] is null ? 0.5 : Squared(Number(trial, "momentum") - 0.9));

    /// <summary>All trials of a search, each ended before the next is asked for.</summary>
    public static List<Observation> Run(ISampler sampler, Func<ParameterSet, double> lossOf, int trials) => [.. Enumerable.Range(1, trials).Select(number =>
    {
        var chosen = sampler.Choose(number)!;
        var ended = new Observation(number, chosen, Standing.Completed, lossOf(chosen), Epochs: 1);
        sampler.Tell(ended);
        return ended;
    })];

    public static SearchDomain.RealRange Real(double min, double max) => new(min, max, Logarithmic: false);

    public static double Number(ParameterSet trial, string name) =>
        trial[name] is ParameterValue.Whole whole ? whole.Value : ((ParameterValue.Real)trial[name]!).Value;

    private static double Squared(double value) => value * value;
}
