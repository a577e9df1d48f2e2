using FashionSweep.Coordinator.Space;
using FashionSweep.Coordinator.Sweeps.Yaml;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Sweeps;

/// <summary>Reads a range: <c>min</c>, <c>max</c> and <c>distribution</c>.</summary>
internal sealed class RangeReader(Hyperparameter parameter, SearchMethod? method, FaultLog faults)
{
    private static readonly Dictionary<string, Distribution> Distributions = new()
    {
        ["uniform"] = Distribution.Uniform,
        ["int_uniform"] = Distribution.IntUniform,
        ["log_uniform_values"] = Distribution.LogUniformValues,
    };

    private readonly int _faultsBefore = faults.Count;

    /// <param name="first">The first key of the range that is given.</param>
    /// <param name="at">Of the parameter.</param>
    /// <returns>Null after a fault.</returns>
    public SearchDomain? Read(KeyedMapping keys, YamlEntry first, Position at)
    {
        if (parameter.Rule is not (ValueRule.WholeNumber or ValueRule.Number))
        {
            faults.Add(first.At, $"{parameter.Name} has a range, must be {parameter.Rule.Wording}: list what to try under values");
            return null;
        }
        var (min, max) = (ReadBound(keys["min"], "min", at), ReadBound(keys["max"], "max", at));
        var given = keys["distribution"] is { } entry ? Choices.Read(entry, Distributions, $"distribution of {parameter.Name}", faults) : null;
        if (faults.Count > _faultsBefore || min is null || max is null) return null;

        var distribution = given ?? (min.Value is ParameterValue.Whole && max.Value is ParameterValue.Whole ? Distribution.IntUniform : Distribution.Uniform);
        if (given is Distribution.Uniform or Distribution.LogUniformValues && parameter.Rule is ValueRule.WholeNumber)
            RefuseRealDraws(keys["distribution"]!.Value);
        CheckBound(min, distribution);
        CheckBound(max, distribution);
        if (min.Number > max.Number) faults.Add(min.At, $"min of {parameter.Name} is {min.Written}, must be at most max, which is {max.Written}");
        if (method == SearchMethod.Grid && distribution != Distribution.IntUniform)
            faults.Add(at, $"{parameter.Name} is a continuous range, which a grid can't go through: list values, or use method: random");
        return faults.Count > _faultsBefore ? null : Of(min, max, distribution);
    }

    private Bound? ReadBound(YamlEntry? entry, string key, Position at)
    {
        if (entry is null) faults.Add(at, $"{parameter.Name} has no {key}, a range must have min and max");
        if (entry is null or { Value: YamlValue.Unreadable }) return null;
        var value = entry.Value is YamlValue.Scalar scalar ? CoreSchema.Resolve(scalar) : null;
        if (value is ParameterValue.Whole or ParameterValue.Real { Value: > double.NegativeInfinity and < double.PositiveInfinity })
            return new Bound(key, entry.Value.At, value, entry.Value.ToString());
        faults.Add(entry.Value.At, $"{key} of {parameter.Name} is {entry.Value}, must be a number");
        return null;
    }

    private void RefuseRealDraws(YamlValue distribution) => faults.Add(
        distribution.At,
        $"distribution of {parameter.Name} is {distribution}, must be int_uniform, because {parameter.Name} must be {parameter.Rule.Wording}");

    private void CheckBound(Bound bound, Distribution distribution)
    {
        var rule = distribution switch
        {
            Distribution.LogUniformValues when bound.Number <= 0 => "above 0 for log_uniform_values",
            Distribution.IntUniform when bound.Value is not ParameterValue.Whole => "a whole number for int_uniform",
            _ => parameter.Rule.Allows(bound.Value) ? null : parameter.Rule.Wording,
        };
        if (rule is not null) faults.Add(bound.At, $"{bound.Key} of {parameter.Name} is {bound.Written}, must be {rule}");
    }

    private static SearchDomain Of(Bound min, Bound max, Distribution distribution) => distribution == Distribution.IntUniform
        ? new SearchDomain.WholeRange(((ParameterValue.Whole)min.Value).Value, ((ParameterValue.Whole)max.Value).Value)
        : new SearchDomain.RealRange(min.Number, max.Number, distribution == Distribution.LogUniformValues);

    private enum Distribution
    {
        Uniform,
        IntUniform,
        LogUniformValues,
    }

    private sealed record Bound(string Key, Position At, ParameterValue Value, string Written)
    {
        public double Number => Value is ParameterValue.Whole whole ? whole.Value : ((ParameterValue.Real)Value).Value;
    }
}
