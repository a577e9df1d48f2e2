using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Training.Evaluation;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>How far a model's probabilities can be believed, as people read it: figures, what a temperature would change, a reliability diagram.</summary>
internal static class CalibrationView
{
    private const int BarWidth = 30;

    // Of a temperature that changes nothing worth a word.
    private const double Near = 0.05;

    public static void Write(IAnsiConsole console, Terminal terminal, Examination examination)
    {
        var (now, then) = (examination.Calibration, examination.Rescaled.Calibration);
        console.WriteLine();
        console.MarkupLine("[bold]Calibration[/]  [dim]what the probabilities are worth: less is better[/]");
        List<(string What, Func<Calibration, double> Of)> figures =
        [
            ("calibration error, bins of equal width", one => one.EqualWidthError), ("calibration error, bins of equal mass", one => one.EqualMassError),
            ("Brier score", one => one.Brier), ("log loss", one => one.LogLoss),
        ];
        TerminalTable.Write(console, terminal,
        [
            new("", [.. figures.Select(figure => figure.What)], Numeric: false),
            new("as it is", [.. figures.Select(figure => Figure(figure.Of(now)))]),
            new($"at {Two(examination.Rescaled.Temperature)}", [.. figures.Select(figure => Figure(figure.Of(then)))]),
        ], [.. figures.Select(_ => Style.Plain)]);
        console.WriteLine();
        console.Write(new Padder(new Text(Words(examination)), new Padding(2, 0, 0, 0)));
        console.WriteLine();
        console.MarkupLine("[bold]Reliability[/]  [dim]a bar is accuracy, the mark confidence: of a model that is as right as it is sure, bars end there[/]");
        WriteDiagram(console, terminal, now.Bins);
    }

    private static string Words(Examination examination)
    {
        var (temperature, on) = (examination.Rescaled.Temperature, Count(examination.Rescaled.FittedOn, "validation image"));
        var fitted = $"Temperature {Two(temperature)}, fitted on {on}";
        return temperature switch
        {
            > 1 + Near => $"{fitted}: it is too sure of itself. Logits divided by it give better probabilities, and the same classes.",
            < 1 - Near => $"{fitted}: it is surer than it says. Logits divided by it give better probabilities, and the same classes.",
            _ => $"{fitted}: its probabilities need no correction.",
        };
    }

    private static void WriteDiagram(IAnsiConsole console, Terminal terminal, IReadOnlyList<ReliabilityBin> bins) => TerminalTable.Write(console, terminal,
    [
        new("confidence", [.. bins.Select(bin => $"{Two(bin.From)} - {Two(bin.To)}")]),
        new("images", [.. bins.Select(bin => bin.Images.ToString("N0", CultureInfo.InvariantCulture))]),
        new("mean", [.. bins.Select(bin => Figure(bin.Confidence))]),
        new("accuracy", [.. bins.Select(bin => Figure(bin.Accuracy))]),
        new("", [.. bins.Select(bin => Bar(bin, terminal.Interactive))], Numeric: false, DropOrder: 1),
    ], [.. bins.Select(_ => Style.Plain)]);

    private static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Bar(ReliabilityBin bin, bool interactive)
    {
        var bar = Bars.Of(bin.Accuracy, BarWidth, interactive).PadRight(BarWidth + 1).ToCharArray();
        bar[(int)Math.Round(bin.Confidence * BarWidth)] = '|';
        return new string(bar).TrimEnd();
    }
}
