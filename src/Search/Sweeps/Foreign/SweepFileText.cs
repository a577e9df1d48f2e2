using System.Text;
using FashionSweep.Search.Names;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>Writes what another tool's file searches as a sweep file, with a comment for all that has no counterpart.</summary>
internal sealed class SweepFileText(ForeignSearch search, ParameterCatalog catalog)
{
    private readonly OrderedDictionary<string, ForeignFit> _fits = [];
    private readonly Dictionary<string, List<ParameterValue>> _when = [];
    private readonly Dictionary<string, string> _parentOf = [];
    private readonly List<string> _left = [];

    /// <returns>Null where none of its parameters is known here.</returns>
    public string? Write(string source)
    {
        foreach (var parameter in search.Parameters) Take(parameter);
        if (_fits.Count == 0) return null;
        var (method, metric) = (Method(), Metric());
        var text = new StringBuilder().Append($"# Of {source}, by fsweep convert.\n");
        if (search.Missing.Count > 0) text.Append("# No counterpart here:\n");
        foreach (var missing in search.Missing) text.Append($"#   {Printable.Line(missing)}\n");
        if (search.Name is { } name && SweepNames.Of(name) is { Length: > 0 } usable) text.Append($"name: {ForeignFit.Text(usable)}\n");
        text.Append($"method: {EnumText.Of(method)}\n").Append(metric);
        if (search.EarlyTerminate is { } early) text.Append($"early_terminate: {early}\n");
        foreach (var (key, value) in search.Budgets) text.Append($"{key}: {value}\n");
        text.Append("\nparameters:\n");
        foreach (var fit in _fits.Values) text.Append(Line(fit));
        foreach (var line in _left) text.Append($"  # {line}\n");
        return text.ToString();
    }

    public IReadOnlyList<string> Names => [.. search.Parameters.Select(parameter => Printable.Short(parameter.Name))];

    private void Take(ForeignParameter foreign)
    {
        if (ForeignFit.Of(foreign, catalog, out var why) is not { } fit) Leave(foreign, why);
        else if (!_fits.TryGetValue(fit.Parameter.Name, out var other))
        {
            _fits.Add(fit.Parameter.Name, fit);
            Condition(fit.Parameter.Name, foreign.When);
        }
        // The same in two branches.
        else if (other.Domain == fit.Domain && foreign.When is not null && _when.ContainsKey(fit.Parameter.Name)) Condition(fit.Parameter.Name, foreign.When);
        else Leave(foreign, $"{fit.Parameter.Name} is there already");
    }

    private void Condition(string name, ForeignCondition? when)
    {
        if (when is null || ForeignFit.Find(when.Parameter, catalog) is not { } parent) return;
        var values = when.Values.Select(value => ForeignFit.Value(value, parent.Rule)).OfType<ParameterValue>();
        _parentOf[name] = parent.Name;
        _when[name] = [.. _when.GetValueOrDefault(name) ?? [], .. values];
    }

    private void Leave(ForeignParameter foreign, string why) => _left.Add($"{Printable.Short(foreign.Name)}: no counterpart ({why}): {Words(foreign.Domain)}");

    private static string Words(ForeignDomain domain) => domain switch
    {
        ForeignDomain.Constant constant => Printable.Short(constant.Value.ToString()),
        ForeignDomain.Choices choices => Printable.Short(string.Join(", ", choices.Values)),
        ForeignDomain.Range range => $"{ForeignTree.Plain(range.Min)} to {ForeignTree.Plain(range.Max)}",
        ForeignDomain.Normal normal => $"normal, {ForeignTree.Plain(normal.Mean)} ± {ForeignTree.Plain(normal.Deviation)}",
        ForeignDomain.Unknown unknown => unknown.Words,
        _ => throw new InvalidOperationException($"No words for {domain.GetType().Name}."),
    };

    private SearchMethod Method()
    {
        var method = search.Method ?? SearchMethod.Random;
        if (search.Method is null) search.Missing.Add("no method is named: random is taken");
        var endless = _fits.Values.FirstOrDefault(fit => fit.IsEndless);
        if (method != SearchMethod.Grid || endless is null) return method;
        search.Missing.Add($"the grid, as {endless.Parameter.Name} is a range: random takes its place");
        return SearchMethod.Random;
    }

    private string Metric()
    {
        var metric = search.Metric is { } written ? MetricReader.Meant(written) : null;
        if (search.Metric is { } unknown && metric is null) search.Missing.Add($"the metric {unknown}");
        if (metric is null && search.Goal is null && search.Target is null) return "";
        var known = metric ?? (search.Goal == Goal.Minimize ? Shared.Trials.Metric.ValidationLoss : Shared.Trials.Metric.ValidationAccuracy);
        var target = search.Target is { } reached && reached >= 0 && (reached <= 1 || MetricReader.UsualGoal(known) == Goal.Minimize)
            ? $", target: {ForeignTree.Plain(reached)}"
            : "";
        var goal = search.Goal ?? MetricReader.UsualGoal(known);
        return $"metric: {{name: {EnumText.Of(known)}, goal: {EnumText.Of(goal)}{target}}}\n";
    }

    private string Line(ForeignFit fit)
    {
        var domain = fit.Domain;
        if (_when.TryGetValue(fit.Parameter.Name, out var values) && values.Count > 0)
        {
            var when = $"when: {{{_parentOf[fit.Parameter.Name]}: [{string.Join(", ", values.Distinct().Select(ForeignFit.Text))}]}}";
            domain = domain switch
            {
                ['{', .. var keys, '}'] => $"{{{keys}, {when}}}",
                ['[', ..] => $"{{values: {domain}, {when}}}",
                _ => $"{{value: {domain}, {when}}}",
            };
        }
        return $"  {fit.Parameter.Name}: {domain}{(fit.Remark.Length > 0 ? $"   # {fit.Remark}" : "")}\n";
    }
}
