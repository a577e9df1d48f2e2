using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Checks the numbers of a range against its distribution, its hyperparameter and each other.</summary>
internal sealed class RangeRules(Hyperparameter parameter, NumberLimits limits, FaultLog faults)
{
    private static readonly ValueRule.Number Spread = new(0, 1e9, MinExcluded: true);
    private static readonly ValueRule.Number Centre = new(-1e9, 1e9);

    /// <param name="settings">In the order of the form's keys.</param>
    /// <param name="distribution">Null where it was inferred.</param>
    public void Check(DistributionForm form, IReadOnlyList<RangeSetting> settings, YamlEntry? distribution)
    {
        var before = faults.Count;
        if (limits.Whole && !form.IsStepped && form.Name != DistributionForm.IntUniform && distribution is not null) RefuseRealDraws(form, distribution.Value);
        foreach (var setting in settings)
            if (Broken(form, setting, distribution is null) is { } rule)
                faults.Add(setting.At, $"{setting.Key} of {parameter.Name} is {setting.Written}, must be {rule}");
        if (form.Bounds == Bounds.None) return;
        var (min, max) = (settings[0], settings[1]);
        if (min.Number > max.Number) faults.Add(min.At, $"min of {parameter.Name} is {min.Written}, must be at most max, which is {max.Written}");
        if (faults.Count == before && form.Bounds == Bounds.Exponents && !limits.Whole && min.Number > 0) NoteExponents(form, min, max);
    }

    private void RefuseRealDraws(DistributionForm form, YamlValue written) => faults.Add(
        written.At, $"distribution of {parameter.Name} is {form.Name}, must be {Stepped(form)}, because {parameter.Name} must be {parameter.Rule.Wording}");

    private static string Stepped(DistributionForm form) => form.Name switch
    {
        "uniform" => DistributionForm.IntUniform,
        "inv_log_uniform" => "q_log_uniform",
        "inv_log_uniform_values" => "q_log_uniform_values",
        var name => $"q_{name}",
    };

    private string? Broken(DistributionForm form, RangeSetting setting, bool inferred) => setting.Key switch
    {
        "min" or "max" => BrokenBound(form, setting, inferred),
        "mu" => Allowed(Centre, setting),
        "q" when limits.Whole && setting.Value is not ParameterValue.Whole => $"a whole number, because {parameter.Name} must be {parameter.Rule.Wording}",
        "q" => Allowed(DistributionForm.Quantum, setting),
        _ => Allowed(Spread, setting),
    };

    private static string? Allowed(ValueRule rule, RangeSetting setting) => rule.Allows(setting.Value) ? null : rule.Wording;

    private string? BrokenBound(DistributionForm form, RangeSetting bound, bool inferred)
    {
        if (form.Name == DistributionForm.IntUniform && bound.Value is not ParameterValue.Whole) return "a whole number for int_uniform";
        if (form.Name == DistributionForm.IntUniform || inferred && limits.Whole && !form.IsStepped) return Allowed(parameter.Rule, bound);
        if (form.IsLogarithmic && form.Bounds == Bounds.Values && bound.Number <= 0)
            return $"above 0 for {form.Name}{(bound.Number < 0 ? $"; {form.Name.Replace("_values", "", StringComparison.Ordinal)} takes exponents of e" : "")}";
        if (limits.AllowsEnd(form.ValueAt(bound.Number))) return null;
        return form.Bounds == Bounds.Values
            ? parameter.Rule.Wording
            : FormattableString.Invariant(
                $"the exponent of {parameter.Rule.Wording}, and e to it is {form.ValueAt(bound.Number):G4}; {form.Name}_values takes the values themselves");
    }

    private void NoteExponents(DistributionForm form, RangeSetting min, RangeSetting max)
    {
        var tried = FormattableString.Invariant($"{form.ValueAt(min.Number):G4} to {form.ValueAt(max.Number):G4}");
        faults.Notes.Add($"{form.Name} takes exponents, so {parameter.Name} is tried from {tried}: {form.Name}_values takes the values themselves");
    }
}
