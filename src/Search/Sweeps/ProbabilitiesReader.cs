using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads how likely each of a parameter's values is.</summary>
internal sealed class ProbabilitiesReader(Hyperparameter parameter, FaultLog faults)
{
    public static readonly ValueRule.Number Rule = new(0, 1);

    // Thirds are often written 0.33.
    private const double Slack = 0.02;

    /// <returns>Null after a fault.</returns>
    public IReadOnlyList<double>? Read(YamlEntry entry, int values)
    {
        if (entry.Value is YamlValue.Unreadable) return null;
        if (entry.Value is not YamlValue.Sequence list)
        {
            faults.Add(entry.ValueAt, $"probabilities of {parameter.Name} is {entry.Value}, must be a list, as [0.5, 0.5]");
            return null;
        }
        var shares = list.Items.Select(ReadShare).OfType<double>().ToList();
        if (list.Items.Count != values)
            faults.Add(list.At, $"{parameter.Name} has {list.Items.Count} probabilities, must have one for each of its {values} values");
        if (shares.Count != values) return null;
        var sum = shares.Sum();
        if (Math.Abs(sum - 1) <= Slack) return [.. shares.Select(share => share / sum)];
        faults.Add(list.At, FormattableString.Invariant($"probabilities of {parameter.Name} add up to {sum:0.####}, must be 1"));
        return null;
    }

    private double? ReadShare(YamlValue item)
    {
        var value = item is YamlValue.Scalar scalar ? CoreSchema.Resolve(scalar) : null;
        if (value is not null && Rule.Allows(value)) return value is ParameterValue.Whole whole ? whole.Value : ((ParameterValue.Real)value).Value;
        if (item is not YamlValue.Unreadable) faults.Add(item.At, $"probabilities of {parameter.Name} holds {item}, each must be {Rule.Wording}");
        return null;
    }
}
