using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling.Tpe;

/// <summary>One parameter as an axis of places: the share of a value that has an order, the number of one that has none.</summary>
/// <remarks>
/// A range of finitely many values is an axis of shares as well, on which each has one place, in the middle of its own. No kernel is narrower than half a step,
/// so that its height there is near enough to its integral over the value's shares, and any domain can be searched that knows the share of a value.
/// </remarks>
internal sealed class ParzenAxis
{
    private readonly SearchDomain _domain;
    private readonly Dictionary<ParameterValue, int> _numbers = [];
    private readonly IReadOnlyList<double>? _probabilities;

    public ParzenAxis(SearchDomain domain)
    {
        _domain = domain;
        if (domain is not SearchDomain.Choices choices) return;
        _numbers = choices.Values.Index().DistinctBy(item => item.Item).ToDictionary(item => item.Item, item => item.Index);
        _probabilities = choices.Probabilities ?? [.. choices.Values.Select(_ => 1.0 / choices.Values.Count)];
    }

    /// <returns>NaN where the trial has no value, or one that the axis no longer has. A number beyond its ends is at the nearest.</returns>
    public double PlaceOf(ParameterValue? value) => (_domain, value) switch
    {
        (_, null) => double.NaN,
        (SearchDomain.Choices, _) => _numbers.TryGetValue(value, out var number) ? number : double.NaN,
        (_, ParameterValue.Whole or ParameterValue.Real) => _domain.ShareOf(value),
        _ => double.NaN,
    };

    /// <param name="places">Of each component of a mixture.</param>
    /// <param name="dimensions">How many axes the mixture has.</param>
    public IParzenFactor Around(double[] places, int dimensions) => _probabilities is null
        ? new OrderedFactor(places, _domain.Size is { } size ? 1 / (double)size : 0, dimensions)
        : new CategoricalFactor(places, _probabilities);
}
