using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads one value by its rule.</summary>
/// <param name="name">What has the value.</param>
internal sealed class ValueReader(string name, ValueRule rule, FaultLog faults)
{
    public static ValueReader Of(Hyperparameter parameter, FaultLog faults) => new(parameter.Name, parameter.Rule, faults);

    /// <param name="key">Where the fault is if no value is written at all.</param>
    /// <returns>Null after a fault.</returns>
    public ParameterValue? Read(YamlValue value, Position key)
    {
        if (value is YamlValue.Unreadable) return null;
        var read = Known(value) ?? Convert(value);
        if (read is not null && rule.Allows(read)) return read;
        if (value is YamlValue.Scalar { IsNull: true }) faults.Add(key, $"{name} has no value, must be {rule.Wording}");
        else if (rule is ValueRule.ListOf list && WrongItems(value, list.Item) is { Count: > 0 } items)
            foreach (var item in items) faults.Add(item.At, WrongItem(item, list.Item));
        else faults.Add(value.At, $"{name} is {Show(value, read)}, must be {rule.Wording}{Hint(value)}");
        return null;
    }

    private ParameterValue? Known(YamlValue value)
    {
        if (rule is not ValueRule.OneOf words || value is not YamlValue.Scalar { IsNull: false, Text: var written }) return null;
        if (words.Meant(written) is not { } meant) return null;
        if (meant.Name != written) faults.Notes.Spelled(written, meant.Explained);
        return meant.Name;
    }

    private static ParameterValue? Convert(YamlValue value)
    {
        if (value is YamlValue.Scalar scalar) return CoreSchema.Resolve(scalar);
        if (value is not YamlValue.Sequence list) return null;
        var items = list.Items.Select(Convert).OfType<ParameterValue>().ToList();
        return items.Count == list.Items.Count ? new ParameterValue.List(items) : null;
    }

    private static List<YamlValue> WrongItems(YamlValue value, ValueRule itemRule) =>
    [
        .. (value as YamlValue.Sequence)?.Items
            .Where(item => item is not YamlValue.Unreadable && !(Convert(item) is { } read && itemRule.Allows(read))) ?? [],
    ];

    private string WrongItem(YamlValue item, ValueRule itemRule)
    {
        if (itemRule is not ValueRule.Text { Forms: { } forms } || item is not YamlValue.Scalar { Text: var line })
            return $"{name} holds {item}, each item must be {itemRule.Wording}";
        var (fault, first) = (forms.FaultOf(line), TextForms.FirstWordOf(line));
        return forms.All.FirstOrDefault(form => TextForms.FirstWordOf(form) == first) is { } form
            ? $"{name}: {fault}; it takes {form}"
            : $"{name}: {fault}{Suggestion.OrAll(first, forms.FirstWords)}";
    }

    private static string Show(YamlValue value, ParameterValue? read) =>
        value is YamlValue.Sequence && read is not null ? Printable.Short(read.ToString()) : value.ToString();

    private string Hint(YamlValue value) => (rule, value) switch
    {
        (ValueRule.ListOf, YamlValue.Scalar) => "; several lists are written [[128, 64], [256]], a single one {value: [128, 64]}",
        (ValueRule.OneOf words, YamlValue.Scalar scalar) => Suggestion.For(scalar.Text, words.Names),
        (_, YamlValue.Scalar { Plain: false } quoted) when Allows(quoted with { Plain = true }) => "; leave the quotes away",
        (ValueRule.WholeNumber, YamlValue.Scalar scalar) when AsWhole(scalar) is { } whole && rule.Allows(whole) => $"; write {whole}",
        (not ValueRule.ListOf, YamlValue.Sequence) => "; several values go into one list under values",
        _ => "",
    };

    private static long? AsWhole(YamlValue.Scalar scalar) =>
        CoreSchema.Resolve(scalar) is ParameterValue.Real { Value: var real } && double.IsInteger(real) && Math.Abs(real) < long.MaxValue ? (long)real : null;

    private bool Allows(YamlValue.Scalar scalar) => CoreSchema.Resolve(scalar) is { } read && rule.Allows(read);
}
