using FashionSweep.Search.Conditions;
using FashionSweep.Search.Names;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads the conditions of parameters: <c>when: {optimizer: [sgd, rmsprop], depth: 2}</c>, or <c>when: depth * width &lt;= 512</c>.</summary>
internal sealed class WhenReader(ParameterCatalog catalog, FaultLog faults)
{
    private readonly Vocabulary _vocabulary = Vocabulary.Of(catalog);

    private readonly List<(string Parameter, Position At, Condition Condition)> _read = [];

    /// <summary>Reads the condition of one parameter.</summary>
    public void Read(string parameter, YamlEntry when)
    {
        var condition = when.Value switch
        {
            YamlValue.Unreadable => null,
            YamlValue.Mapping { Entries.Count: > 0 } mapping => ReadValues(mapping, parameter),
            YamlValue.Scalar { IsNull: false } scalar => ConditionReader.Read(scalar, $"when of {parameter}", _vocabulary, faults),
            var other => Refuse(parameter, when, other),
        };
        if (condition is not null) _read.Add((parameter, when.ValueAt, condition));
    }

    /// <summary>Gives the parameters the conditions that were read; those that can't be kept are faults.</summary>
    public IReadOnlyList<SearchParameter> Apply(IReadOnlyList<SearchParameter> space)
    {
        var faultsBefore = faults.Count;
        var conditional = space.Select(parameter => parameter with { When = _read.Find(read => read.Parameter == parameter.Name).Condition }).ToList();
        if (SearchSpace.CircleIn(catalog, conditional) is { } circle)
        {
            faults.Add(_read.Find(read => read.Parameter == circle[0]).At, Describe(circle));
            return space;
        }
        foreach (var (parameter, at, condition) in _read)
            if (NeverHolds.In(condition, new SearchSpace(catalog, conditional)) is { } nowhere)
                faults.Add(at, $"when of {parameter} {Holds(nowhere)}: {nowhere.Why} (it is \"{Printable.Short(condition.ToString())}\")");
        return faults.Count == faultsBefore ? conditional : space;
    }

    private static string Holds(Nowhere nowhere) => nowhere.Draws is { } draws
        ? FormattableString.Invariant($"holds of none of {draws:N0} points looked at")
        : "never holds";

    private Condition? ReadValues(YamlValue.Mapping mapping, string parameter)
    {
        var faultsBefore = faults.Count;
        var values = new List<KeyValuePair<string, IReadOnlyList<ParameterValue>>>();
        foreach (var entry in mapping.Entries)
        {
            if (catalog.Find(entry.Key) is { } other) values.Add(new(entry.Key, ReadValues(entry, other)));
            else Refuse(parameter, entry);
        }
        return faults.Count == faultsBefore ? Condition.Among(values) : null;
    }

    // A flat list is one value of a parameter that takes lists, and several of any other.
    private List<ParameterValue> ReadValues(YamlEntry entry, Hyperparameter parameter)
    {
        var reader = ValueReader.Of(parameter, faults);
        var several = entry.Value is YamlValue.Sequence { Items: var items }
            && (parameter.Rule is not ValueRule.ListOf || items.Any(item => item is YamlValue.Sequence))
            ? items
            : [entry.Value];
        if (several.Count == 0) faults.Add(entry.ValueAt, $"{entry.Key} has no values, must have at least one");
        var values = several.Select(value => reader.Read(value, entry.At)).OfType<ParameterValue>().ToList();
        foreach (var text in values.OfType<ParameterValue.Text>())
            if (Kinds.Refusal(entry.Key, parameter.Rule, text.Value) is { } refusal) faults.Add(entry.ValueAt, refusal);
        return values;
    }

    private void Refuse(string parameter, YamlEntry unknown) => faults.Add(
        unknown.At,
        $"when of {parameter} names the unknown parameter \"{Printable.Short(unknown.Key)}\"{Suggestion.OrAll(unknown.Key, catalog.Names)}");

    private Condition? Refuse(string parameter, YamlEntry when, YamlValue value)
    {
        var found = value is YamlValue.Mapping ? "empty" : value.ToString();
        faults.Add(
            when.ValueAt, $"when of {parameter} is {found}, must be values of other parameters, as {{optimizer: sgd}}, or a condition, as \"depth >= 2\"");
        return null;
    }

    private static string Describe(IReadOnlyList<string> circle) => circle.Count == 1
        ? $"when of {circle[0]} hangs on {circle[0]} itself"
        : $"conditions go round in a circle: {string.Join(", ", circle.Zip(circle.Skip(1).Append(circle[0]), (one, next) => $"{one} hangs on {next}"))}";
}
