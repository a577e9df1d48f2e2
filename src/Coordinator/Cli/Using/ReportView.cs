using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>How a model classifies, as people read it: class by class, what it takes for what, and how far its probabilities can be believed.</summary>
internal static class ReportView
{
    // What a file or a pipe is read in.
    private const int PlainWidth = 100;

    /// <param name="images">What was classified, as <c>test images</c>.</param>
    public static void Write(IAnsiConsole console, Terminal terminal, ClassificationReport report, string images)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]Classes of the {images}[/]");
        WriteClasses(console, terminal, report.Confusion);
        console.WriteLine();
        var points = string.Create(CultureInfo.InvariantCulture, $"{100 * report.CalibrationError:0.0} points");
        console.MarkupLineInterpolated($"  top-2 accuracy [bold]{Figure(report.Top2Accuracy)}[/]  [dim]the class is one of the two most probable[/]");
        console.MarkupLineInterpolated($"  calibration error [bold]{Figure(report.CalibrationError)}[/]  [dim]confidence and accuracy are {points} apart[/]");
        console.WriteLine();
        console.MarkupLine("[bold]Confusion[/]  [dim]a row for what images are, a column for what they were taken for[/]");
        new ConfusionView(console, terminal.Interactive ? terminal.Width - 1 : PlainWidth, report.Confusion).Write();
    }

    private static void WriteClasses(IAnsiConsole console, Terminal terminal, ConfusionMatrix matrix)
    {
        List<ClassScore> scores = [.. Enumerable.Range(0, matrix.Classes).Select(matrix.Of), matrix.MacroAverage()];
        List<string> Cells(Func<ClassScore, string> cell) => [.. scores.Select(cell)];
        TerminalTable.Write(console, terminal,
        [
            new("class", [.. FashionMnist.Classes, "macro average"], Numeric: false),
            new("precision", Cells(score => Figure(score.Precision))),
            new("recall", Cells(score => Figure(score.Recall))),
            new("F1", Cells(score => Figure(score.F1))),
            new("support", Cells(score => score.Support.ToString("N0", CultureInfo.InvariantCulture)), DropOrder: 1),
        ], [.. scores.Select((_, row) => row < matrix.Classes ? Style.Plain : new Style(decoration: Decoration.Bold))]);
    }
}
