using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Training.Models;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>A model as people read it: a row for each layer, and what it all comes to.</summary>
internal sealed class ModelView(Terminal terminal, TextWriter output)
{
    private readonly IAnsiConsole _console = terminal.On(output);

    public void Write(SweepModel model)
    {
        _console.WriteLine();
        _console.MarkupLineInterpolated($"[bold]{model.Title}[/]  images of {model.Plan.Input}");
        _console.WriteLine();
        var rows = model.Plan.Layers.SelectMany(layer => Rows(layer, "")).ToList();
        TerminalTable.Write(
            _console, terminal,
            [
                new TerminalColumn("layer", [.. rows.Select(row => row.Name)], Numeric: false),
                new TerminalColumn("what", [.. rows.Select(row => row.What)], Numeric: false),
                new TerminalColumn("output", [.. rows.Select(row => row.Output)], Numeric: false),
                new TerminalColumn("parameters", [.. rows.Select(row => row.Parameters)]),
            ],
            [.. Enumerable.Repeat(Style.Plain, rows.Count)]);
        _console.WriteLine();
        WriteTotals(model);
    }

    private void WriteTotals(SweepModel model)
    {
        var plan = model.Plan;
        var frozen = plan.Layers.Where(layer => layer.Frozen).Sum(layer => layer.ParameterCount);
        var fixedOnes = frozen > 0 ? $", {Number(frozen)} of them frozen" : "";
        _console.MarkupLineInterpolated(
            $"[bold]{Number(plan.ParameterCount)} parameters[/]{fixedOnes}, {Megabytes(plan)} MB, {Millions(plan)} million multiply-adds for an image");
        if (model.Models > 1)
            _console.MarkupLineInterpolated(
                $"The sweep has {model.Models} different models, of {Number(model.Fewest)} to {Number(model.Most)} parameters: --trial shows others.");
    }

    private static string Megabytes(ModelPlan plan) => (plan.ParameterCount * sizeof(float) / 1e6).ToString("N1", CultureInfo.InvariantCulture);

    private static string Millions(ModelPlan plan) => (plan.Flat.Sum(layer => layer.MultiplyAdds) / 1e6).ToString("N1", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, string What, string Output, string Parameters)> Rows(PlannedLayer layer, string indent)
    {
        yield return ($"{indent}{layer.Name}", LayerText.What(layer), layer.Output.ToString(), layer.ParameterCount > 0 ? Number(layer.ParameterCount) : "");
        foreach (var inner in layer.Body.SelectMany(inner => Rows(inner, $"{indent}  "))) yield return inner;
        foreach (var inner in layer.Shortcut.SelectMany(inner => Rows(inner, $"{indent}  + "))) yield return inner;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
