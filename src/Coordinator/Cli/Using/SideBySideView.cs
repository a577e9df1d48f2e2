using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>Trials beside each other as people read them: a column for each.</summary>
/// <param name="first">The first trial's model, which says what images were looked at.</param>
internal sealed class SideBySideView(TextWriter output, Terminal terminal, SideBySide compared, TrialModel first)
{
    private const int ChartHeight = 11;

    private static readonly Color[] Colours = [Color.Aqua, Color.Yellow, Color.Green, Color.Fuchsia, Color.Red, Color.Blue];

    private readonly IAnsiConsole _console = terminal.On(output);
    private readonly int _width = terminal.Interactive ? terminal.Width - 1 : 100;

    private IReadOnlyList<TrialAnswers> Trials => compared.Trials;

    private Objective Objective => Trials[0].Trial.Spec.Objective;

    public void Write()
    {
        Heading("What differs");
        if (compared.Differing.Count == 0) _console.MarkupLine("  [dim]nothing: they are the same configuration with the same seeds[/]");
        else WriteTable("parameter", compared.Differing, (one, name) => Short(one.Trial.Spec.Parameters[name]));
        Heading("What came out");
        var accuracy = $"accuracy of {first.Describe(first.Images.Count)}";
        WriteTable("", ["validation accuracy", "validation loss", accuracy, "best epoch", "weights", "time"], Figures);
        if (Trials.Any(one => one.Epochs.Count > 1)) WriteCurves();
        Heading($"F1 of each class of the {AskedModel.NameOf(first.Part)} images");
        WriteTable("class", FashionMnist.Classes, (one, name) => Figure(one.Confusion.Of(FashionMnist.Classes.ToList().IndexOf(name)).F1));
        WritePairs();
        WriteNext();
    }

    private void WriteTable(string heading, IReadOnlyList<string> rows, Func<TrialAnswers, string, string> cell) => TerminalTable.Write(
        _console, terminal,
        [
            new(heading, rows, Numeric: false),
            .. Trials.Select(one => new TerminalColumn(one.Trial.Spec.Id.ToString(), [.. rows.Select(row => cell(one, row))])),
        ],
        [.. rows.Select(_ => Style.Plain)]);

    private static string Figures(TrialAnswers one, string row)
    {
        var result = one.Trial.Result!;
        return row switch
        {
            "validation accuracy" => Figure(result.Validation.Accuracy),
            "validation loss" => Figure(result.Validation.Loss),
            "best epoch" => $"{result.BestEpoch} of {result.Epochs}",
            "weights" => result.ParameterCount.ToString("N0", CultureInfo.InvariantCulture),
            "time" => Duration(result.Seconds),
            _ => Figure(one.Accuracy),
        };
    }

    private void WriteCurves()
    {
        var lines = Trials.Index().Select(one => new ChartLine(
            one.Item.Trial.Spec.Id.ToString(), Colours[one.Index], [.. one.Item.Epochs.Select(Objective.Of)], Dotted: one.Index % 2 == 1));
        var best = Trials[0].Trial.Result!.BestEpoch;
        _console.WriteLine();
        foreach (var line in Charts.Draw(Capital(Name(Objective.Metric)), [.. lines], best, Math.Min(_width - 2, 96), ChartHeight))
            _console.MarkupLine($"  {line}");
        _console.MarkupLineInterpolated($"  [green]▲[/] [dim]best epoch of {Trials[0].Trial.Spec.Id}[/]");
    }

    private void WritePairs()
    {
        Heading("Which one is right where the other is wrong");
        foreach (var pair in compared.Pairs) HeadToHeadView.Write(_console, pair);
    }

    private void WriteNext()
    {
        _console.WriteLine();
        _console.MarkupLineInterpolated($"Next: [cyan]./fsweep show {Trials[0].Trial.Spec.Id}[/] [dim]one of them, with all that is known of it[/]");
    }

    private void Heading(string text)
    {
        _console.WriteLine();
        _console.MarkupLineInterpolated($"[bold]{text}[/]");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
