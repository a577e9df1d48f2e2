using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Output.Pictures;
using FashionSweep.Shared.Data;
using FashionSweep.Training.Evaluation;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>Predictions as people read them: what an image is, what it was taken for, how sure, and what else it could be.</summary>
internal static class PredictionsView
{
    private const int OthersNamed = 2;
    private const double LeastNamed = 0.005;

    public static void WritePictures(TextWriter output, Terminal terminal, Predictions predictions) =>
        Write(output, terminal, predictions, console =>
        {
            console.WriteLine();
            PictureCards.Write(PictureConsole.On(output, terminal), [.. predictions.Shown.Select(predictions.Model.PictureOf)]);
        });

    public static void WriteTable(TextWriter output, Terminal terminal, Predictions predictions) =>
        Write(output, terminal, predictions, console =>
        {
            WriteRows(console, terminal, predictions);
            console.WriteLine();
        });

    private static void Write(TextWriter output, Terminal terminal, Predictions predictions, Action<IAnsiConsole> shown)
    {
        var console = terminal.On(output);
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{predictions.Model.Name}[/]  {predictions.Title}");
        if (predictions.Shown.Count > 0) shown(console);
        else console.WriteLine();
        if (predictions.Shown.Count < predictions.Found)
        {
            console.MarkupLineInterpolated($"[dim]{predictions.Shown.Count} of {Count(predictions.Found, "image")} shown; more with --first N.[/]");
            console.WriteLine();
        }
        console.MarkupLineInterpolated($"Next:   [cyan]{Next(predictions)}[/]");
    }

    private static string Next(Predictions predictions)
    {
        var model = predictions.Model;
        return predictions.OnlyWrong || !model.HaveClasses
            ? $"./fsweep evaluate {model.Argument}"
            : $"./fsweep predict {model.Argument} --set {model.Set} --wrong";
    }

    private static void WriteRows(IAnsiConsole console, Terminal terminal, Predictions predictions)
    {
        var shown = predictions.Shown;
        List<string> Cells(Func<Prediction, string> cell) => [.. shown.Select(cell)];
        List<TerminalColumn> columns =
        [
            new("image", Cells(one => predictions.Model.NameOf(one.Image).TrimStart('#')), Numeric: predictions.Model.Files is null),
            new("true", Cells(predictions.TruthOf), Numeric: false),
            new("predicted", Cells(one => FashionMnist.Classes[one.Predicted]), Numeric: false),
            new("probability", Cells(one => Figure(one.Confidence))),
            new("", Cells(one => one.IsRight ? "" : "wrong"), Numeric: false, DropOrder: 2),
            new("others", Cells(Others), Numeric: false, DropOrder: 1),
        ];
        if (predictions.OnlyWrong || !predictions.Model.HaveClasses) columns.RemoveAll(column => column.Heading.Length == 0);
        if (!predictions.Model.HaveClasses) columns.RemoveAll(column => column.Heading == "true");
        var mark = !predictions.OnlyWrong && predictions.Model.HaveClasses ? new Style(Color.Red) : Style.Plain;
        TerminalTable.Write(console, terminal, columns, [.. shown.Select(one => one.IsRight ? Style.Plain : mark)]);
    }

    // The next most probable classes.
    private static string Others(Prediction one) => string.Join(", ", one.Probabilities.Index()
        .Where(pair => pair.Index != one.Predicted && pair.Item >= LeastNamed).OrderByDescending(pair => pair.Item).Take(OthersNamed)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{FashionMnist.Classes[pair.Index]} {pair.Item:0.00}")));
}
