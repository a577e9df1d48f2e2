using System.Globalization;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Makes one list of parameters that are its items, as <c>layer_1_size</c> and <c>layer_2_size</c> are those of <c>hidden</c>.</summary>
internal static class ListItems
{
    private const int Most = 10_000;

    private static readonly string[] Known = ["value", "values", "min", "max", "q", "distribution"];
    private static readonly string[] Even = [DistributionForm.IntUniform, "q_uniform", "constant", "categorical"];

    /// <param name="items">All of the list, in the order of the file.</param>
    /// <returns>An entry of which the values are all combinations; null after a fault.</returns>
    public static YamlEntry? Join(Hyperparameter list, IReadOnlyList<FoundName> items, FaultLog faults)
    {
        var ordered = items.OrderBy(item => item.Number).ToList();
        var first = items[0].Entry;
        if (ordered[0].Number > 1 || ordered.Zip(ordered.Skip(1), (one, next) => next.Number - one.Number).Any(step => step != 1))
        {
            faults.Add(first.At, $"{Names(ordered)} are items of {list.Name}, must be numbered from 1 on without a gap; {Instead(list)}");
            return null;
        }
        var combinations = new List<IReadOnlyList<YamlValue>> { Array.Empty<YamlValue>() };
        foreach (var item in ordered)
        {
            if (!IsEven(item.Entry) || ValuesOf(item.Entry) is not { Count: > 0 } values || (long)combinations.Count * values.Count > Most)
            {
                faults.Add(
                    item.Entry.At,
                    FormattableString.Invariant($"{item.Entry.Key} is an item of {list.Name}, must be values or a range of whole numbers, ")
                    + FormattableString.Invariant($"of at most {Most:N0} combinations with the others; {Instead(list)}"));
                return null;
            }
            combinations = [.. combinations.SelectMany(_ => values, (before, value) => (IReadOnlyList<YamlValue>)[.. before, value])];
        }
        var lists = combinations.Select(YamlValue (combination) => new YamlValue.Sequence(first.At, combination)).ToList();
        return new YamlEntry(first.Key, first.At, new YamlValue.Sequence(first.At, lists));
    }

    private static string Instead(Hyperparameter list) => $"or write {list.Name}: {{values: [[128, 64], [256, 128]]}}";

    private static string Names(IEnumerable<FoundName> items) => string.Join(", ", items.Select(item => item.Entry.Key));

    // Conditions and other distributions are of the list, not of an item.
    private static bool IsEven(YamlEntry entry) => entry.Value is not YamlValue.Mapping mapping || mapping.Entries.All(key =>
        Known.Contains(key.Key) && (key.Key != "distribution" || key.Value is YamlValue.Scalar { Text: var form } && Even.Contains(form)));

    private static IReadOnlyList<YamlValue>? ValuesOf(YamlEntry entry)
    {
        if (DomainShape.Values(entry.Value) is { Count: > 0 } values) return values;
        if (entry.Value is not YamlValue.Mapping range || Bound(range, "min") is not { } min || Bound(range, "max") is not { } max) return null;
        var step = range.Entries.Any(key => key.Key == "q") ? Bound(range, "q") : 1;
        if (step is not > 0 || max < min || (max - min) / step >= Most) return null;
        return [.. Numbers(min, max, step.Value).Select(number => new YamlValue.Scalar(entry.At, number.ToString(CultureInfo.InvariantCulture), Plain: true))];
    }

    private static IEnumerable<long> Numbers(long min, long max, long step)
    {
        for (var number = min; number <= max; number += step) yield return number;
    }

    private static long? Bound(YamlValue.Mapping range, string key) =>
        range.Entries.FirstOrDefault(entry => entry.Key == key)?.Value is YamlValue.Scalar scalar && CoreSchema.Resolve(scalar) is ParameterValue.Whole whole
            ? whole.Value
            : null;
}
