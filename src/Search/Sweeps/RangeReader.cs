using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads a range of numbers: its <c>distribution</c> and the settings of that, such as <c>min</c> and <c>max</c>.</summary>
internal sealed class RangeReader(Hyperparameter parameter, SearchMethod? method, ReadingRules rules, FaultLog faults)
{
    public static readonly string[] Keys = ["min", "max", "mu", "sigma", "a", "b", "q"];

    private readonly int _faultsBefore = faults.Count;

    /// <param name="first">The first key of the range that is given.</param>
    /// <param name="at">Of the parameter.</param>
    /// <returns>Null after a fault.</returns>
    public SearchDomain? Read(KeyedMapping keys, YamlEntry first, Position at)
    {
        if (NumberLimits.Of(parameter.Rule) is not { } limits)
        {
            faults.Add(first.At, $"{parameter.Name} has a range, must be {parameter.Rule.Wording}: list what to try under values");
            return null;
        }
        if (FormOf(keys, limits.Whole) is not { } form) return null;
        RefuseOthers(keys, form);
        var settings = form.Keys.Select(key => ReadSetting(keys[key], key, at, limits.Whole)).OfType<RangeSetting>().ToList();
        if (faults.Count > _faultsBefore || settings.Count < form.Keys.Length) return null;

        new RangeRules(parameter, limits, faults).Check(form, settings, keys["distribution"]);
        if (faults.Count > _faultsBefore) return null;
        var domain = form.Name == DistributionForm.IntUniform ? WholeRange(settings)
            : IsStepwise(form, keys) ? StepsOfGrid.From(parameter, limits.Whole, settings, faults)
            : Drawn(form, settings, limits);
        if (faults.Count > _faultsBefore) return null;
        if (domain is null) faults.Add(first.At, $"{form.Name} leaves nothing of what {parameter.Name} may be, {parameter.Rule.Wording}");
        else if (method == SearchMethod.Grid && domain.Size is null) faults.Add(at, Endless(domain));
        return faults.Count > _faultsBefore ? null : domain;
    }

    // What is drawn of a whole number is a multiple of 1, whether q says so or not.
    private DistributionForm? FormOf(KeyedMapping keys, bool isWhole)
    {
        if (keys["distribution"] is { } entry)
            return Choices.Read(entry, Forms, $"distribution of {parameter.Name}", faults) is { } index ? DistributionForm.All[index] : null;
        var isStepped = isWhole || keys["q"] is not null;
        if (keys.FirstOf(["mu", "sigma"]) is not null) return DistributionForm.Of(isStepped ? "q_normal" : "normal");
        if (keys.FirstOf(["a", "b"]) is not null) return DistributionForm.Of(isStepped ? "q_beta" : "beta");
        if (keys["q"] is not null) return DistributionForm.Of("q_uniform");
        return DistributionForm.Of(IsWhole(keys["min"], isWhole) && IsWhole(keys["max"], isWhole) ? DistributionForm.IntUniform : "uniform");
    }

    private static readonly Dictionary<string, int> Forms = DistributionForm.All.Index().ToDictionary(item => item.Item.Name, item => item.Index);

    private static bool IsWhole(YamlEntry? entry, bool isWhole) =>
        entry?.Value is YamlValue.Scalar scalar && CoreSchema.Resolve(scalar) is { } bound
        && (isWhole ? WholeNumbers.Of(bound) : bound) is ParameterValue.Whole;

    private void RefuseOthers(KeyedMapping keys, DistributionForm form)
    {
        foreach (var entry in Keys.Except(form.Keys).Select(key => keys[key]).OfType<YamlEntry>())
            faults.Add(entry.At, $"{entry.Key} of {parameter.Name} means nothing to {form.Name}, which takes {string.Join(", ", form.Keys)}");
    }

    private RangeSetting? ReadSetting(YamlEntry? entry, string key, Position at, bool isWhole)
    {
        if (entry is null && Default(key) is { } usual) return new RangeSetting(key, at, usual, usual.ToString());
        if (entry is null) faults.Add(at, $"{parameter.Name} has no {key}, a range must have min and max");
        if (entry is null or { Value: YamlValue.Unreadable }) return null;
        var value = entry.Value is YamlValue.Scalar scalar ? CoreSchema.Resolve(scalar) : null;
        if (isWhole && value is not null) value = WholeNumbers.Of(value);
        if (value is ParameterValue.Whole or ParameterValue.Real { Value: > double.NegativeInfinity and < double.PositiveInfinity })
            return new RangeSetting(key, entry.Value.At, value, entry.Value.ToString());
        faults.Add(entry.Value.At, $"{key} of {parameter.Name} is {entry.Value}, must be a number");
        return null;
    }

    private static ParameterValue? Default(string key) => key switch
    {
        "mu" => 0L,
        "sigma" or "q" or "a" or "b" => 1L,
        _ => null,
    };

    private static SearchDomain.WholeRange WholeRange(List<RangeSetting> settings) =>
        new(((ParameterValue.Whole)settings[0].Value).Value, ((ParameterValue.Whole)settings[1].Value).Value);

    // As W&B has it, where its distribution is asked for by name.
    private bool IsStepwise(DistributionForm form, KeyedMapping keys) =>
        rules != ReadingRules.Earlier && method == SearchMethod.Grid && form.Name == "q_uniform" && keys["distribution"] is not null;

    private SearchDomain? Drawn(DistributionForm form, List<RangeSetting> settings, NumberLimits limits)
    {
        var distribution = form.Make(settings[0].Number, settings[1].Number);
        if (!form.IsStepped) return limits.Continuous(distribution);
        var quantum = settings[2].Number;
        if (rules == ReadingRules.Earlier || form.Bounds == Bounds.None) return limits.Stepped(distribution, quantum);
        var within = limits.Stepped(distribution, quantum, within: true);
        if (within is null && limits.Stepped(distribution, quantum) is not null)
            faults.Add(settings[2].At, $"no multiple of q, which is {settings[2].Written}, lies between min and max of {parameter.Name}");
        if (within is not null && limits.Stepped(distribution, quantum) is { } wider && (wider.First < within.First || wider.Last > within.Last))
            faults.Notes.Add(
                $"steps of {parameter.Name} stay within min and max, {within.Min} to {within.Max}, where W&B rounds to {wider.Min} to {wider.Max}");
        return within;
    }

    private string Endless(SearchDomain domain) =>
        $"{parameter.Name} is a {(domain is SearchDomain.SteppedRange ? "range without ends" : "continuous range")}, "
        + "which a grid can't go through: list values, or use method: random";
}

/// <summary>A number of a range, as <c>min: 0.1</c>.</summary>
internal sealed record RangeSetting(string Key, Position At, ParameterValue Value, string Written)
{
    public double Number => Value is ParameterValue.Whole whole ? whole.Value : ((ParameterValue.Real)Value).Value;
}
