using FashionSweep.Search.Names;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>A parameter of another tool as the one that it is here.</summary>
/// <param name="Domain">As a sweep file writes it.</param>
/// <param name="Remark">What is to be said beside it; empty where there is nothing.</param>
internal sealed record ForeignFit(Hyperparameter Parameter, string Domain, string Remark)
{
    /// <summary>Whether a grid can't go through it.</summary>
    public bool IsEndless => Domain.StartsWith("{distribution", StringComparison.Ordinal)
        && (Domain.Contains("normal", StringComparison.Ordinal)
            || !(Domain.Contains("int_uniform", StringComparison.Ordinal) || Domain.Contains("q: ", StringComparison.Ordinal)));

    /// <summary>Finds the counterpart.</summary>
    /// <param name="why">Why there is none.</param>
    public static ForeignFit? Of(ForeignParameter foreign, ParameterCatalog catalog, out string why)
    {
        var parameter = Find(foreign.Name, catalog);
        var remark = parameter is null || Spelling.Plain(foreign.Name) == Spelling.Plain(parameter.Name) ? "" : Printable.Short(foreign.Name);
        why = "there is no such parameter here";
        if (parameter is null) return null;
        var fits = foreign.Domain switch
        {
            ForeignDomain.Constant constant => OfValues([constant.Value], parameter, ref remark) is [var only] ? Quoted(only, parameter.Rule) : null,
            ForeignDomain.Choices choices => OfValues(choices.Values, parameter, ref remark) is { Count: > 0 } values
                ? $"[{string.Join(", ", values.Select(Text))}]"
                : null,
            ForeignDomain.Range range => OfRange(range, parameter.Rule, ref remark),
            ForeignDomain.Normal normal => OfNormal(normal, parameter.Rule),
            _ => null,
        };
        why = $"{parameter.Name} must be {parameter.Rule.Wording}";
        return fits is null ? null : new ForeignFit(parameter, fits, remark);
    }

    /// <summary>By its name, or the last part of one such as <c>--lr</c> and <c>model.optimizer.lr</c>.</summary>
    public static Hyperparameter? Find(string written, ParameterCatalog catalog)
    {
        var parts = written.TrimStart('-', '+', '~').Split('.', '/', ':');
        return catalog.FindSpelled(string.Join('_', parts)) ?? catalog.FindSpelled(parts[^1])
            // optimizer.name is the optimizer.
            ?? (parts.Length > 1 && parts[^1] is "name" or "type" or "_target_" ? catalog.FindSpelled(parts[^2]) : null);
    }

    /// <summary>A value as its rule takes it.</summary>
    /// <returns>Null where it doesn't.</returns>
    public static ParameterValue? Value(ParameterValue value, ValueRule rule)
    {
        var fitting = (rule, value) switch
        {
            (ValueRule.OneOf words, ParameterValue.Text { Value: var text }) =>
                (words.Meant(text) ?? words.Meant(text.Split('.')[^1]))?.Name is { } word ? word : value,
            (ValueRule.WholeNumber, ParameterValue.Real { Value: var real }) when double.IsInteger(real) && Math.Abs(real) < 1e15 => (long)real,
            (ValueRule.WholeNumber or ValueRule.Number, ParameterValue.Text text) when ForeignTree.NumberOf(text.Value) is not null =>
                Value(ForeignTree.Resolve(text.Value)!, rule),
            (ValueRule.Boolean, ParameterValue.Whole { Value: 0 or 1 } whole) => whole.Value == 1,
            (ValueRule.Boolean, ParameterValue.Text { Value: var text }) when bool.TryParse(text, out var flag) => flag,
            _ => value,
        };
        return fitting is not null && rule.Allows(fitting) ? fitting : null;
    }

    /// <summary>A value as YAML writes it.</summary>
    public static string Text(ParameterValue value) => value switch
    {
        ParameterValue.Text text when text.Value.Length > 0 && text.Value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/')
            && char.IsAsciiLetter(text.Value[0]) && ForeignTree.Resolve(text.Value) is ParameterValue.Text => text.Value,
        ParameterValue.Text text => $"'{text.Value.Replace("'", "''", StringComparison.Ordinal)}'",
        ParameterValue.List list => $"[{string.Join(", ", list.Items.Select(Text))}]",
        _ => value.ToString(),
    };

    // A bare list would be several values.
    private static string Quoted(ParameterValue value, ValueRule rule) => rule is ValueRule.ListOf ? $"{{value: {Text(value)}}}" : Text(value);

    private static List<ParameterValue> OfValues(IReadOnlyList<ParameterValue> values, Hyperparameter parameter, ref string remark)
    {
        var fits = values.Select(value => (Written: value, Here: Value(value, parameter.Rule))).ToList();
        var left = fits.Where(fit => fit.Here is null).Select(fit => Printable.Short(fit.Written.ToString())).ToList();
        if (left.Count > 0) remark = $"{remark}{(remark.Length > 0 ? "; " : "")}no counterpart here: {string.Join(", ", left)}";
        return [.. fits.Select(fit => fit.Here).OfType<ParameterValue>().Distinct()];
    }

    private static string? OfRange(ForeignDomain.Range range, ValueRule rule, ref string remark)
    {
        if (NumberLimits.Of(rule) is not { } limits || range.Min > range.Max || range.Step <= 0) return null;
        var (isWhole, isLog) = (limits.Whole || range.IsWhole, range.IsLog && range.Min > 0);
        if (range.IsLog && !isLog) remark = $"{remark}{(remark.Length > 0 ? "; " : "")}not by its logarithm, as it begins at {ForeignTree.Plain(range.Min)}";
        var (min, max) = isWhole ? (Math.Ceiling(range.Min), Math.Floor(range.Max)) : (range.Min, range.Max);
        if (min > max) return null;
        var step = range.Step ?? (isWhole ? 1 : null);
        if (limits.Whole && step is { } by && !double.IsInteger(by)) step = 1;
        var form = (isLog, step) switch
        {
            (false, 1) when limits.Whole => "int_uniform",
            (false, null) => "uniform",
            (false, _) => "q_uniform",
            (true, null) => "log_uniform_values",
            _ => "q_log_uniform_values",
        };
        var q = step is { } quantum && form != "int_uniform" ? $", q: {ForeignTree.Plain(quantum)}" : "";
        return $"{{distribution: {form}, min: {ForeignTree.Plain(min)}, max: {ForeignTree.Plain(max)}{q}}}";
    }

    private static string? OfNormal(ForeignDomain.Normal normal, ValueRule rule)
    {
        if (NumberLimits.Of(rule) is not { } limits || normal.Step <= 0 || normal.Deviation <= 0) return null;
        var step = normal.Step ?? (limits.Whole ? 1 : null);
        var form = $"{(step is null ? "" : "q_")}{(normal.IsLog ? "log_" : "")}normal";
        var q = step is { } quantum ? $", q: {ForeignTree.Plain(quantum)}" : "";
        return $"{{distribution: {form}, mu: {ForeignTree.Plain(normal.Mean)}, sigma: {ForeignTree.Plain(normal.Deviation)}{q}}}";
    }
}
