using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads one value by its rule.</summary>
/// <param name="name">What has the value.</param>
/// <param name="off">What null stands for; null where it stands for nothing.</param>
internal sealed class ValueReader(string name, ValueRule rule, FaultLog faults, ParameterValue? off = null)
{
    public static ValueReader Of(Hyperparameter parameter, FaultLog faults) => new(parameter.Name, parameter.Rule, faults, parameter.Off);

    /// <param name="key">Where the fault is if no value is written at all.</param>
    /// <returns>Null after a fault.</returns>
    public ParameterValue? Read(YamlValue value, Position key)
    {
        if (value is YamlValue.Unreadable) return null;
        var read = Known(value) ?? Convert(value, rule);
        if (read is not null && rule.Allows(read)) return read;
        if (value is YamlValue.Scalar { IsNull: true }) faults.Add(key, $"{name} has no value, must be {rule.Wording}");
        else if (rule is ValueRule.ListOf list && WrongItems(value, list.Item) is { Count: > 0 } items)
            foreach (var item in items) faults.Add(item.At, WrongItem(item, list.Item));
        else faults.Add(value.At, $"{name} is {Show(value, read)}, must be {rule.Wording}{Hint(value)}");
        return null;
    }

    private ParameterValue? Known(YamlValue value) => (rule, value) switch
    {
        (_, YamlValue.Scalar { Plain: true, Text: "null" or "Null" or "NULL" or "~" or "None" } none) when off is not null =>
            Noted($"{none.Text} of {name}", off),
        (ValueRule.OneOf words, YamlValue.Scalar { IsNull: false, Text: var written }) when words.Meant(written) is { } meant => Word(written, meant),
        (ValueRule.Boolean, YamlValue.Scalar { Plain: true, Text: var written }) when Yaml11.Truth(written) is { } truth => Noted(written, truth),
        _ => null,
    };

    private ParameterValue Word(string written, Word meant)
    {
        if (meant.Name != written) faults.Notes.Spelled(written, meant.Explained);
        return meant.Name;
    }

    private ParameterValue Noted(string written, ParameterValue meant)
    {
        faults.Notes.Spelled(written, meant.ToString());
        return meant;
    }

    // Programs write whole numbers as reals: 8.0 is 8 where a whole number is asked for.
    private static ParameterValue? Convert(YamlValue value, ValueRule rule)
    {
        if (value is YamlValue.Scalar scalar)
            return CoreSchema.Resolve(scalar) is { } read && rule is ValueRule.WholeNumber ? WholeNumbers.Of(read) : CoreSchema.Resolve(scalar);
        if (value is not YamlValue.Sequence list) return null;
        var item = rule is ValueRule.ListOf of ? of.Item : rule;
        var items = list.Items.Select(one => Convert(one, item)).OfType<ParameterValue>().ToList();
        return items.Count == list.Items.Count ? new ParameterValue.List(items) : null;
    }

    private static List<YamlValue> WrongItems(YamlValue value, ValueRule itemRule) =>
    [
        .. (value as YamlValue.Sequence)?.Items
            .Where(item => item is not YamlValue.Unreadable && !(Convert(item, itemRule) is { } read && itemRule.Allows(read))) ?? [],
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
        (ValueRule.OneOf words, YamlValue.Scalar scalar) => words.More + OfWord(words, scalar.Text),
        (_, YamlValue.Scalar { Plain: false } quoted) when Allows(quoted with { Plain = true }) => "; leave the quotes away",
        (not ValueRule.ListOf, YamlValue.Sequence) => "; several values go into one list under values",
        _ => "",
    };

    // By its meaning first, by its letters last.
    private static string OfWord(ValueRule.OneOf words, string written)
    {
        if (words.MissingHere(written) is { } missing) return $"; there is no {Printable.Short(written)} here: {missing.Remark}";
        var near = Nearest.Slip(written, words.Names) ?? Nearest.Slip(written, words.Words.SelectMany(word => word.OtherNames));
        return near is null ? "" : $"; did you mean \"{words.Meant(near)!.Name}\"?";
    }

    private bool Allows(YamlValue.Scalar scalar) => CoreSchema.Resolve(scalar) is { } read && rule.Allows(read);
}
