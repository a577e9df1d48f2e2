using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Importance;

/// <summary>A parameter of the search space in bins: one for each value where these are few, else ranges that are alike in probability.</summary>
/// <param name="IsOrdered">Its values are numbers, and neighbours are alike.</param>
/// <param name="Values">One that stands for each bin, in order.</param>
/// <param name="Weights">The share of the search space that is in each bin; together 1.</param>
public sealed record BinnedParameter(string Name, bool IsOrdered, IReadOnlyList<ParameterValue> Values, IReadOnlyList<double> Weights)
{
    /// <summary>A set of bins is the bits of one number.</summary>
    public const int MostBins = 64;

    private const int BinsOfARange = 32;

    private readonly Func<ParameterValue, int?> _binOf = _ => null;

    private BinnedParameter(string name, bool isOrdered, IReadOnlyList<ParameterValue> values, IReadOnlyList<double> weights, Func<ParameterValue, int?> binOf)
        : this(name, isOrdered, values, weights) => _binOf = binOf;

    public int Bins => Values.Count;

    /// <returns>Null for a value that the search space does not have.</returns>
    public int? BinOf(ParameterValue value) => _binOf(value);

    /// <returns>Null for a parameter of a single value, which tells nothing.</returns>
    public static BinnedParameter? Of(SearchParameter parameter) => parameter.Domain switch
    {
        { Size: { } size } when size.IsOne => null,
        SearchDomain.Choices choices => OfChoices(parameter.Name, choices),
        { Size: { } size } domain when size <= MostBins => OfSteps(parameter.Name, domain, (int)size),
        var domain => OfRange(parameter.Name, domain),
    };

    private static BinnedParameter? OfChoices(string name, SearchDomain.Choices choices)
    {
        var isOrdered = choices.Values.All(IsNumber);
        var shares = choices.Values.Zip(choices.Probabilities ?? [.. choices.Values.Select(_ => 1.0 / choices.Values.Count)])
            .GroupBy(pair => pair.First, (value, pairs) => (Value: value, Weight: pairs.Sum(pair => pair.Second))).ToList();
        return shares.Count == 1 ? null : OfValues(name, isOrdered, isOrdered ? [.. shares.OrderBy(pair => NumberOf(pair.Value))] : shares);
    }

    private static BinnedParameter OfSteps(string name, SearchDomain domain, int count)
    {
        List<(ParameterValue, double)> shares = [];
        var below = 0.0;
        for (var index = 0; index < count; index++)
        {
            // Its share is where the middle of its own part lies.
            var value = domain.Nth((ulong)index);
            var weight = index < count - 1 ? 2 * Math.Max(0, domain.ShareOf(value) - below) : 1 - below;
            below += weight;
            shares.Add((value, weight));
        }
        return OfValues(name, true, shares);
    }

    // More values than there are bins share them with their neighbours.
    private static BinnedParameter OfValues(string name, bool isOrdered, IReadOnlyList<(ParameterValue Value, double Weight)> shares)
    {
        var bins = Math.Min(shares.Count, MostBins);
        var binOf = shares.Select((pair, index) => (pair.Value, Bin: index * bins / shares.Count)).ToDictionary(pair => pair.Value, pair => pair.Bin);
        var weights = new double[bins];
        foreach (var (value, weight) in shares) weights[binOf[value]] += weight;
        IReadOnlyList<ParameterValue> values = [.. Enumerable.Range(0, bins).Select(bin => shares.First(pair => binOf[pair.Value] == bin).Value)];
        return new BinnedParameter(name, isOrdered, values, weights, value => binOf.TryGetValue(value, out var bin) ? bin : null);
    }

    private static BinnedParameter OfRange(string name, SearchDomain domain) => new(
        name, true, [.. Enumerable.Range(0, BinsOfARange).Select(bin => domain.At((bin + 0.5) / BinsOfARange))],
        [.. Enumerable.Repeat(1.0 / BinsOfARange, BinsOfARange)], value => IsNumber(value) ? (int)(domain.ShareOf(value) * BinsOfARange) : null);

    private static bool IsNumber(ParameterValue value) => value is ParameterValue.Whole or ParameterValue.Real;

    private static double NumberOf(ParameterValue value) => value is ParameterValue.Whole whole ? whole.Value : ((ParameterValue.Real)value).Value;
}
