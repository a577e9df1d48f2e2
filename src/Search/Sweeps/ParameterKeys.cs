using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>The keys of one parameter.</summary>
internal static class ParameterKeys
{
    private static readonly KeyShape Number = new KeyShape.Value(new ValueRule.Number(double.NegativeInfinity, double.PositiveInfinity));

    /// <summary>The distributions that are none of numbers, by the key that each needs.</summary>
    public static IReadOnlyDictionary<string, string[]> OfValues { get; } = new Dictionary<string, string[]>
    {
        ["value"] = ["constant"],
        ["values"] = ["categorical", "categorical_w_probabilities"],
    };

    /// <summary>Those of which the shape hangs on the hyperparameter: <c>value</c> and <c>values</c>.</summary>
    public static FileKey Value { get; } = new("value", "what it is in every trial", new KeyShape.Anything());

    public static FileKey Values { get; } = new("values", "what to try", new KeyShape.Anything());

    public static IReadOnlyList<FileKey> All { get; } =
    [
        Value,
        Values,
        new("probabilities", "how likely each of the values is; together 1", new KeyShape.List(new KeyShape.Value(ProbabilitiesReader.Rule))),
        new(
            "distribution",
            "of the numbers to try; uniform, or int_uniform where min and max are whole, unless given",
            new KeyShape.Value(new ValueRule.OneOf([.. OfValues.Values.SelectMany(names => names), .. DistributionForm.All.Select(form => form.Name)]))),
        new("min", "the least number, or its exponent of e", Number),
        new("max", "the greatest number, or its exponent of e", Number),
        new("mu", "mean of a normal distribution; 0 unless given", Number),
        new("sigma", "standard deviation of a normal distribution; 1 unless given", Number),
        new("q", "numbers are rounded to multiples of this; 1 unless given", new KeyShape.Value(DistributionForm.Quantum)),
        new("a", "of a beta distribution; 1 unless given", Number),
        new("b", "of a beta distribution; 1 unless given", Number),
        new("when", "sets it only in trials of which this holds: a condition, or a mapping of parameters to values", new KeyShape.Anything()),
    ];
}
