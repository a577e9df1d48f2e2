using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Evaluation;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>What a model says of the images that were asked for.</summary>
/// <param name="Shown">In the order in which they are to be shown.</param>
/// <param name="Found">How many there are to show in all.</param>
/// <param name="Asked">How many images it was asked of.</param>
internal sealed record Predictions(TrialModel Model, IReadOnlyList<Prediction> Shown, int Found, int Asked, bool OnlyWrong)
{
    public object ForPrograms() => new
    {
        Trial = Model.Trial.Spec.Id,
        Set = Model.Part,
        Asked,
        Found,
        Predictions = Shown.Select(one => new
        {
            one.Image,
            True = FashionMnist.Classes[one.Truth],
            Predicted = FashionMnist.Classes[one.Predicted],
            one.Confidence,
            Probabilities = FashionMnist.Classes.Zip(one.Probabilities).ToDictionary(pair => pair.First, pair => pair.Second),
        }),
    };
}

/// <summary>Predictions as people read them: what an image is, what it was taken for, how sure, and what else it could be.</summary>
internal static class PredictionsView
{
    private const int OthersNamed = 2;
    private const double LeastNamed = 0.005;

    public static void Write(TextWriter output, Terminal terminal, Predictions predictions)
    {
        var console = terminal.On(output);
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{predictions.Model.Trial.Spec.Id}[/]  {Title(predictions)}");
        if (predictions.Shown.Count > 0) WriteTable(console, terminal, predictions);
        console.WriteLine();
        console.MarkupLineInterpolated($"Next:   [cyan]{Next(predictions)}[/]");
    }

    private static string Next(Predictions predictions)
    {
        var trial = predictions.Model.Trial.Spec.Id;
        return predictions.OnlyWrong ? $"./fsweep show {trial}" : $"./fsweep predict {trial} --set {EnumText.Of(predictions.Model.Part)} --wrong";
    }

    private static void WriteTable(IAnsiConsole console, Terminal terminal, Predictions predictions)
    {
        var shown = predictions.Shown;
        List<string> Cells(Func<Prediction, string> cell) => [.. shown.Select(cell)];
        List<TerminalColumn> columns =
        [
            new("image", Cells(one => one.Image.ToString(CultureInfo.InvariantCulture))),
            new("true", Cells(one => FashionMnist.Classes[one.Truth]), Numeric: false),
            new("predicted", Cells(one => FashionMnist.Classes[one.Predicted]), Numeric: false),
            new("probability", Cells(one => Figure(one.Confidence))),
            new("", Cells(one => one.IsRight ? "" : "wrong"), Numeric: false, DropOrder: 2),
            new("others", Cells(Others), Numeric: false, DropOrder: 1),
        ];
        if (predictions.OnlyWrong) columns.RemoveAll(column => column.Heading.Length == 0);
        TerminalTable.Write(console, terminal, columns, [.. shown.Select(one => one.IsRight || predictions.OnlyWrong ? Style.Plain : new Style(Color.Red))]);
        if (shown.Count == predictions.Found) return;
        console.WriteLine();
        console.MarkupLineInterpolated($"[dim]{shown.Count} of {Count(predictions.Found, "image")} shown; more with --first N.[/]");
    }

    private static string Title(Predictions predictions)
    {
        var asked = predictions.Model.Describe(predictions.Asked);
        return predictions.OnlyWrong ? string.Create(CultureInfo.InvariantCulture, $"{predictions.Found:N0} of {asked} taken for another class") : asked;
    }

    // The next most probable classes.
    private static string Others(Prediction one) => string.Join(", ", one.Probabilities.Index()
        .Where(pair => pair.Index != one.Predicted && pair.Item >= LeastNamed).OrderByDescending(pair => pair.Item).Take(OthersNamed)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{FashionMnist.Classes[pair.Index]} {pair.Item:0.00}")));
}
