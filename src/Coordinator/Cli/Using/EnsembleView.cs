using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>An ensemble as people read it: its members, what it is worth beside the best of them, and where it is.</summary>
internal static class EnsembleView
{
    public static void Write(TextWriter output, Terminal terminal, EnsembleReport report, string how, string file)
    {
        var (console, ensemble) = (terminal.On(output), report.Ensemble);
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{ensemble.Name}[/]  {Count(ensemble.Members.Count, "trial")}, {how}");
        List<Row> rows =
        [
            .. ensemble.Members.Select(member => new Row(
                member.Trial.ToString(), member.Weight.ToString("0.000", CultureInfo.InvariantCulture), member.Validation, member.Test)),
            new("best by itself", "", report.Best.Validation, report.Best.Test),
            new("ensemble", "", ensemble.Validation, ensemble.Test),
        ];
        TerminalTable.Write(console, terminal,
        [
            new("", [.. rows.Select(row => row.Name)], Numeric: false),
            new("weight", [.. rows.Select(row => row.Weight)]),
            new("validation\naccuracy", [.. rows.Select(row => Figure(row.Validation.Accuracy))]),
            new("validation\nloss", [.. rows.Select(row => Figure(row.Validation.Loss))], DropOrder: 1),
            new("test\naccuracy", [.. rows.Select(row => Figure(row.Test.Accuracy))]),
            new("test\nloss", [.. rows.Select(row => Figure(row.Test.Loss))], DropOrder: 0),
        ], [.. rows.Select((_, i) => i == rows.Count - 1 ? new Style(Color.Green, decoration: Decoration.Bold) : Style.Plain)]);
        console.WriteLine();
        console.MarkupLine("[bold]On the test images[/]");
        HeadToHeadView.Write(console, report.Pair);
        console.WriteLine();
        console.MarkupLineInterpolated($"{file}: names the trials, their weights and checkpoints; they stay in the store");
        console.MarkupLineInterpolated($"Next: [cyan]./fsweep evaluate {file}[/] [dim]has its classes and mistakes[/]");
        console.MarkupLineInterpolated($"      [cyan]./fsweep serve {file}[/] [dim]over HTTP, as a trial[/]");
    }

    private sealed record Row(string Name, string Weight, Score Validation, Score Test);
}
