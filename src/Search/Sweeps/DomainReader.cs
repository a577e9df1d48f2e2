using FashionSweep.Search.Names;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads what one parameter may be: <c>value</c>, <c>values</c>, a range, a bare list or a bare scalar.</summary>
internal sealed class DomainReader(Hyperparameter parameter, SearchMethod? method, ReadingRules rules, FaultLog faults)
{
    private readonly ValueReader _values = ValueReader.Of(parameter, faults);

    /// <returns>Null after a fault; some faults leave what could be read.</returns>
    public SearchDomain? Read(YamlEntry entry) => entry.Value switch
    {
        YamlValue.Sequence list => ReadChoices(list, null),
        YamlValue.Mapping mapping => ReadMapping(mapping, entry.At),
        var single => ReadConstant(single, entry.At),
    };

    private SearchDomain? ReadMapping(YamlValue.Mapping mapping, Position at)
    {
        var keys = new KeyedMapping(mapping, ParameterKeys.All, $" of {parameter.Name}", faults);
        var forms = new[] { keys["value"], keys["values"], keys.FirstOf(RangeReader.Keys) }
            .OfType<YamlEntry>().OrderBy(form => form.At.Line).ThenBy(form => form.At.Column).ToList();
        if (mapping.Entries.Count == 0) faults.Add(mapping.At, $"{parameter.Name} is empty, must have value, values, or min and max");
        if (forms.Count > 1)
            faults.Add(forms[1].At, $"{parameter.Name} has both {forms[0].Key} and {forms[1].Key}, must have one of value, values, or min and max");
        if (forms.Count > 1 || (forms.FirstOrDefault() ?? keys["distribution"]) is not { } only || !Suits(keys["distribution"], only)) return null;
        if (only.Key != "values" && keys["probabilities"] is { } stray) faults.Add(stray.At, $"{parameter.Name} has probabilities, which only values can have");
        return only switch
        {
            { Key: "value" } => ReadConstant(only.Value, only.At),
            { Key: "values", Value: YamlValue.Sequence list } => ReadChoices(list, keys["probabilities"]),
            { Key: "values" } => RefuseValues(only),
            _ => new RangeReader(parameter, method, rules, faults).Read(keys, only, at),
        };
    }

    // A distribution may be said of a value and of values too, where it says nothing new.
    private bool Suits(YamlEntry? distribution, YamlEntry form)
    {
        var written = (distribution?.Value as YamlValue.Scalar)?.Text;
        var wanted = ParameterKeys.OfValues.FirstOrDefault(pair => pair.Value.Contains(written)).Key;
        if (distribution is null || wanted == form.Key || wanted is null && form.Key is not ("value" or "values")) return true;
        if (distribution.Value is not YamlValue.Unreadable)
            faults.Add(distribution.Value.At, wanted is null
                ? $"distribution of {parameter.Name} is {distribution.Value}, which takes no {form.Key}"
                : $"distribution of {parameter.Name} is {written}, which needs {wanted}");
        return false;
    }

    private SearchDomain.Constant? ReadConstant(YamlValue value, Position at) => _values.Read(value, at) is { } known ? new SearchDomain.Constant(known) : null;

    private SearchDomain.Choices? ReadChoices(YamlValue.Sequence list, YamlEntry? probabilities)
    {
        if (parameter.Rule is ValueRule.ListOf && list.Items.Count > 0 && list.Items.All(item => item is YamlValue.Scalar)) return RefuseSingleList(list);
        if (list.Items.Count == 0) faults.Add(list.At, $"{parameter.Name} has no values, must have at least one");
        var values = new List<ParameterValue>();
        foreach (var item in list.Items)
            if (_values.Read(item, item.At) is { } value) values.Add(value);
        var shares = probabilities is null ? null : new ProbabilitiesReader(parameter, faults).Read(probabilities, list.Items.Count);
        if (probabilities is not null && method == SearchMethod.Grid) NoteUnused(probabilities);
        return values.Count > 0 ? Once(values, values.Count == list.Items.Count ? shares : null) : null;
    }

    // A grid tries every value, however likely.
    private void NoteUnused(YamlEntry probabilities) =>
        faults.Notes.Add($"{probabilities.Key} of {parameter.Name} count for nothing on a grid: each value is tried");

    // A value that stands twice is drawn twice as often, and is one of a grid.
    private SearchDomain.Choices Once(List<ParameterValue> values, IReadOnlyList<double>? shares)
    {
        var alike = values.Index().GroupBy(item => AsCompared(item.Item)).ToList();
        if (alike.Count == values.Count) return new SearchDomain.Choices(values, shares);
        var twice = string.Join(", ", alike.Where(group => group.Count() > 1).Select(group => Printable.Short(group.First().Item.ToString())));
        var becomes = method == SearchMethod.Grid ? "a grid tries it once" : "it is drawn so much more often";
        faults.Notes.Add($"{parameter.Name} has {twice} more than once: {becomes}");
        return new SearchDomain.Choices(
            [.. alike.Select(group => group.First().Item)],
            method == SearchMethod.Grid ? null : [.. alike.Select(group => group.Sum(item => shares?[item.Index] ?? 1.0 / values.Count))]);
    }

    // It is what it must be, but for the list of values that it stands in.
    private SearchDomain.Choices? RefuseSingleList(YamlValue.Sequence list)
    {
        var items = Printable.Line(string.Join(", ", list.Items.Cast<YamlValue.Scalar>().Select(item => item.Text)));
        faults.Add(
            list.At, $"{parameter.Name} is one list, and a bare list holds several values: write {{value: [{items}]}}, or several lists as [[…], […]]");
        return null;
    }

    // 0 and 0.0 would be the same trial twice.
    private ParameterValue AsCompared(ParameterValue value) =>
        parameter.Rule is ValueRule.Number && value is ParameterValue.Whole whole ? (double)whole.Value : value;

    private SearchDomain? RefuseValues(YamlEntry form)
    {
        if (form.Value is not YamlValue.Unreadable)
            faults.Add(form.ValueAt, $"values of {parameter.Name} is {form.Value}, must be a list, as [a, b]");
        return null;
    }
}
