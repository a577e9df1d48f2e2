using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Output.Pictures;
using FashionSweep.Coordinator.Results;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>An evaluation as people read it: score, report, what the probabilities are worth, fit, the worst mistakes, and if the record agrees.</summary>
internal static class EvaluationView
{
    private const int MistakesShown = 3;

    public static void Write(TextWriter output, Terminal terminal, Examination examination)
    {
        var (model, evaluation) = (examination.Model, examination.Evaluation);
        var console = terminal.On(output);
        var images = model.Files is null ? $"{AskedModel.NameOf(model.Part)} images" : $"images of {model.Files.Path}";
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{model.Name}[/]  {model.Describe(model.Images.Count)}");
        console.MarkupLineInterpolated($"  accuracy [bold]{Figure(evaluation.Score.Accuracy)}[/], loss [bold]{Figure(evaluation.Score.Loss)}[/]");
        ReportView.Write(console, terminal, evaluation.Report, images);
        CalibrationView.Write(console, terminal, examination);
        if (examination.Fit is { } fit) WriteFit(console, terminal, fit);
        WriteVerdict(console, model, evaluation);
        WriteMistakes(output, console, terminal, examination);
        console.MarkupLineInterpolated($"Next: [cyan]./fsweep predict {model.Argument} --set {model.Set} --wrong --html mistakes.html --first 100[/]");
    }

    private static void WriteFit(IAnsiConsole console, Terminal terminal, Fit fit)
    {
        console.WriteLine();
        console.MarkupLine("[bold]Fit[/]  [dim]accuracy of the best epoch's weights[/]");
        List<(string Images, Share Share)> rows = [("training", fit.Train), ("validation", fit.Validation), ("test", fit.Test)];
        TerminalTable.Write(console, terminal,
        [
            new("images", [.. rows.Select(row => row.Images)], Numeric: false),
            new("count", [.. rows.Select(row => row.Share.Images.ToString("N0", CultureInfo.InvariantCulture))]),
            new("accuracy", [.. rows.Select(row => Figure(row.Share.Value))]),
        ], [.. rows.Select(_ => Style.Plain)]);
        console.WriteLine();
        foreach (var finding in fit.Findings) console.Write(new Padder(new Text(finding), new Padding(2, 0, 0, 0)));
    }

    private static void WriteMistakes(TextWriter output, IAnsiConsole console, Terminal terminal, Examination examination)
    {
        if (examination.Mistakes.Count == 0) return;
        console.WriteLine();
        console.MarkupLine("[bold]Most confident mistakes[/]");
        console.WriteLine();
        PictureCards.Write(PictureConsole.On(output, terminal), [.. examination.Mistakes.Take(MistakesShown).Select(examination.Model.PictureOf)]);
    }

    private static void WriteVerdict(IAnsiConsole console, AskedModel model, Evaluation evaluation)
    {
        if (evaluation.Compared is { } compared) ComparisonView.Write(console, compared);
        if (model.Files is null) console.MarkupLine(Verdict(model, evaluation.Agreement));
        if (evaluation.Agreement is Agreement.Close or Agreement.Apart && model.Record.Environment is { } recorded)
            ComparisonView.WriteChanges(console, recorded, model.Environment);
    }

    private static string Verdict(AskedModel model, Agreement? agreement) => agreement switch
    {
        Agreement.SameBits => $"[green bold]{Name(model)}: agrees with its record to the bit.[/]",
        Agreement.Close => $"[yellow bold]{Name(model)}: agrees with its record but for rounding.[/]",
        Agreement.Apart => $"[red bold]{Name(model)}: does not agree with its record.[/]",
        null => "[dim]The record has no score to compare with: these weights were not scored on the training images.[/]",
        _ => throw new InvalidOperationException($"No verdict for {agreement}."),
    };

    private static string Name(AskedModel model) => Markup.Escape(model.Name);
}
