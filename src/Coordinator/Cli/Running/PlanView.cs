using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live.Planning;
using FashionSweep.Search.Pruning;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>A plan as people read it: the space, the cost, the first trials, and what to do next.</summary>
internal sealed class PlanView(Terminal terminal, TextWriter output)
{
    private const int MostValues = 12;

    private readonly IAnsiConsole _console = terminal.On(output);

    public void Write(SweepPlan plan, string path)
    {
        WriteTitle(plan);
        WriteSpace(plan);
        WriteCost(plan);
        WriteFirst(plan);
        foreach (var notice in SweepNotices.Of(plan.Spec)) _console.MarkupLineInterpolated($"[yellow]note:[/] {notice}");
        _console.MarkupLineInterpolated($"Next:   ./fsweep run {path} [dim](nothing is started yet)[/]");
    }

    private void WriteTitle(SweepPlan plan)
    {
        var (spec, objective) = (plan.Spec, plan.Spec.Objective);
        _console.WriteLine();
        var (method, goal) = (EnumText.Of(spec.Method), EnumText.Of(objective.Goal));
        _console.MarkupLineInterpolated(
            $"[bold]{spec.Name}[/]  {method}, {Count(plan.Total, "trial")}, ranked by {Name(objective.Metric)} [dim]({goal})[/]");
        if (spec.Further.Count > 0) _console.MarkupLineInterpolated($"looks for the front of {Names(spec.Objectives)}");
        if (spec.Description is { } description) _console.MarkupLineInterpolated($"[dim]{description.Trim()}[/]");
        _console.WriteLine();
    }

    private void WriteSpace(SweepPlan plan)
    {
        var space = plan.Spec.Parameters;
        var when = new TerminalColumn("when", [.. space.Select(parameter => parameter.When?.ToString() ?? "")], Numeric: false);
        WriteTable(
            space.Count,
            [
                new TerminalColumn("parameter", [.. space.Select(parameter => parameter.Name)], Numeric: false),
                new TerminalColumn("kind", [.. space.Select(parameter => KindOf(parameter.Domain))], Numeric: false),
                new TerminalColumn("values", [.. space.Select(parameter => ValuesOf(parameter.Domain))], Numeric: false),
                .. space.Any(parameter => parameter.When is not null) ? [when] : Array.Empty<TerminalColumn>(),
            ]);
        _console.WriteLine();
        WriteRules(plan);
        _console.MarkupLineInterpolated(
            $"[dim]Defaults: {string.Join(", ", plan.Defaults.Select(pair => $"{pair.Key} {string.Join(" or ", pair.Value)}"))}.[/]");
        _console.WriteLine();
    }

    private void WriteRules(SweepPlan plan)
    {
        var rules = PlanRules.Of(plan.Spec, plan.MostEpochs).ToList();
        foreach (var (name, meaning) in rules) _console.MarkupLineInterpolated($"{name}: {meaning}");
        if (rules.Count > 0) _console.WriteLine();
    }

    private void WriteCost(SweepPlan plan)
    {
        var cost = plan.Cost;
        var epochs = $"{(cost.Exact ? "" : "about ")}{Count(cost.Epochs, "epoch")}";
        var each = plan.Spec.Repeats.Seeds is > 1 and var seeds ? $" ({Count(plan.Total / seeds, "configuration")} × {seeds} seeds)" : "";
        _console.MarkupLineInterpolated($"[bold]{Count(plan.Total, "trial")}[/]{each}, {AtMost(plan, epochs)}, {Count(cost.Images, "image")} through training");
        var cores = Environment.ProcessorCount;
        if (cost.Seconds is { } seconds)
            _console.MarkupLineInterpolated(
                $"{AtMost(plan, "about")} [bold]{Duration(seconds / Math.Min(cores, plan.Total))}[/] on {Count(cores, "core")}, {Duration(seconds)} on one");
        _console.WriteLine();
    }

    // What ends early is not known before.
    private static string AtMost(SweepPlan plan, string figure) =>
        plan.Spec.Pruning is PrunerSpec.None && plan.Spec.Budgets.Target is null ? figure : $"at most {figure}";

    private void WriteFirst(SweepPlan plan)
    {
        var varied = plan.Spec.Parameters.Where(parameter => parameter.Domain is not SearchDomain.Constant).Select(parameter => parameter.Name);
        TerminalColumn Parameter(string name, int index) => new(
            name.Replace('_', '\n'), [.. plan.First.Select(parameters => Short(parameters[name]))],
            Numeric: plan.First.All(parameters => parameters[name] is ParameterValue.Whole or ParameterValue.Real), DropOrder: -index);

        var repeats = plan.Spec.Repeats.Seeds;
        var trials = plan.First.Select((_, index) => $"{new TrialId(plan.Spec.Name, (index * repeats) + 1)}{(repeats > 1 ? $"-{(index + 1) * repeats}" : "")}");
        WriteTable(plan.First.Count, [new TerminalColumn("trial", [.. trials], Numeric: false), .. varied.Select(Parameter)]);
        if (plan.Total > plan.First.Count * repeats)
            _console.MarkupLineInterpolated($"[dim]and {Count(plan.Total - (plan.First.Count * repeats), "trial")} more{Learnt(plan.Spec.Method)}[/]");
        _console.WriteLine();
    }

    private static string Learnt(SearchMethod method) =>
        method.Learns() ? "; later ones follow what earlier ones reached" : "";

    private void WriteTable(int rows, params IReadOnlyList<TerminalColumn> columns) =>
        TerminalTable.Write(_console, terminal, columns, [.. Enumerable.Repeat(Style.Plain, rows)]);

    private static string KindOf(SearchDomain domain) => domain switch
    {
        SearchDomain.Constant => "constant",
        SearchDomain.Choices choices => Count(choices.Values.Count, "choice"),
        SearchDomain.WholeRange => "whole numbers",
        SearchDomain.RealRange range => KindOf(range.Distribution),
        SearchDomain.SteppedRange range => $"{KindOf(range.Distribution)} steps",
        _ => throw new InvalidOperationException($"No words for {domain}."),
    };

    private static string KindOf(Distribution distribution) => distribution.Name.Replace("_values", "").Replace('_', '-');

    private static string ValuesOf(SearchDomain domain) => domain switch
    {
        SearchDomain.Constant constant => constant.Value.ToString(),
        SearchDomain.Choices choices => ValuesOf(choices),
        SearchDomain.WholeRange range => string.Create(CultureInfo.InvariantCulture, $"{range.Min} to {range.Max}"),
        SearchDomain.RealRange range => ValuesOf(range.Distribution),
        SearchDomain.SteppedRange { Distribution.HasEnds: true } range =>
            string.Create(CultureInfo.InvariantCulture, $"{range.Min} to {range.Max} by {range.Quantum}"),
        SearchDomain.SteppedRange range => string.Create(CultureInfo.InvariantCulture, $"{ValuesOf(range.Distribution)}, by {range.Quantum}"),
        _ => throw new InvalidOperationException($"No words for {domain}."),
    };

    private static string ValuesOf(SearchDomain.Choices choices)
    {
        var values = choices.Values.Index().Select(item => choices.Probabilities is { } shares
            ? string.Create(CultureInfo.InvariantCulture, $"{item.Item} ({100 * shares[item.Index]:0.#} %)") : item.Item.ToString()).ToList();
        return string.Join(", ", values.Take(MostValues)) + (values.Count > MostValues ? $", … {values[^1]}" : "");
    }

    private static string ValuesOf(Distribution distribution) => distribution switch
    {
        Distribution.Truncated { HasEnds: true } cut => ValuesOf(cut.Inner),
        Distribution.Truncated cut => $"{ValuesOf(cut.Inner)}, from {End(cut.Min)}{(double.IsFinite(cut.Max) ? $" to {End(cut.Max)}" : "")}",
        { HasEnds: true } => string.Create(CultureInfo.InvariantCulture, $"{distribution.Min} to {distribution.Max}"),
        _ => string.Join(", ", distribution.Settings.Select(setting => string.Create(CultureInfo.InvariantCulture, $"{setting.Key} {setting.Value}"))),
    };

    // An end that is excluded is the next double beside it.
    private static string End(double number) => number == double.Epsilon ? "above 0" : number.ToString("G15", CultureInfo.InvariantCulture);
}
