using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>What stands behind a parameter's name, before it is known what the parameter takes.</summary>
internal static class DomainShape
{
    private static readonly string[] RangeKeys = ["min", "max"];

    /// <summary>The single values: those of <c>value</c> and of <c>values</c>, or bare ones; of a range none.</summary>
    public static IReadOnlyList<YamlValue> Values(YamlValue domain) => domain switch
    {
        YamlValue.Sequence list => list.Items,
        YamlValue.Mapping mapping => [.. mapping.Entries.SelectMany(entry => entry switch
        {
            { Key: "value" } => [entry.Value],
            { Key: "values", Value: YamlValue.Sequence list } => list.Items,
            _ => Enumerable.Empty<YamlValue>(),
        })],
        YamlValue.Unreadable => [],
        _ => [domain],
    };

    /// <summary>The hyperparameter that is meant by what stands there: lists of units under the name of a width are its list.</summary>
    public static Hyperparameter MeantBy(Hyperparameter named, YamlValue domain, ParameterCatalog catalog)
    {
        var lists = Values(domain).OfType<YamlValue.Sequence>().Where(list => list.Items.Count > 0 && list.Items.All(IsNumber)).ToList();
        if (named.ListsMean is { } other && lists.Count > 0 && (named.OneListIsMeant || !IsOne(domain))) return catalog.Find(other)!;
        return named.NumbersMean is { } single && IsOfNumbers(domain) ? catalog.Find(single)! : named;
    }

    private static bool IsOne(YamlValue domain) => domain is YamlValue.Mapping mapping && mapping.Entries.Any(entry => entry.Key == "value");

    private static bool IsOfNumbers(YamlValue domain) =>
        Values(domain) is { Count: > 0 } values ? values.All(IsNumber)
        : domain is YamlValue.Mapping mapping && mapping.Entries.Any(entry => RangeKeys.Contains(entry.Key) && IsNumber(entry.Value));

    private static bool IsNumber(YamlValue value) =>
        value is YamlValue.Scalar scalar && CoreSchema.Resolve(scalar) is ParameterValue.Whole or ParameterValue.Real;
}
