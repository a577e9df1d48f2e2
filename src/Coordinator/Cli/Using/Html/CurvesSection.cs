using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>How the trials learned: a line for each, and of a configuration with repeats a band from its lowest to its highest.</summary>
internal sealed class CurvesSection(SweepReport report)
{
    private static readonly PlotFrame Frame = new(1072, 380);

    // Early epochs and what went wrong would take most of the picture.
    private const double Hidden = 0.04;

    private readonly int _ranked = report.Board.Configurations.Count(row => row.Rank is not null);
    private readonly string _metric = TerminalText.Name(report.Objective.Metric);

    public void Write(HtmlWriter html)
    {
        if (report.Curves.Count == 0) return;
        var (epochs, up) = (report.Curves.Max(curve => curve.Epochs.Count), Range());
        var across = PlotAxis.OfNumbers([1, Math.Max(2, epochs)]);
        html.Open("section", ("id", "curves")).Element("h2", $"How they learned: {_metric} by epoch").Element("p", Sentence(epochs), ("class", "soft"));
        html.Open("figure");
        Frame.Open(html, "curves-clip", $"{_metric} of {report.Curves.Count} trials over {epochs} epochs. {Sentence(epochs)}", across, "epoch", up, _metric);
        html.Open("g", ("clip-path", "url(#curves-clip)"));
        // The best last, so that it lies on top.
        foreach (var curves in report.Curves.GroupBy(curve => curve.Configuration).OrderByDescending(group => group.Key.Rank ?? int.MaxValue))
            WriteConfiguration(html, curves.Key, [.. curves], across, up);
        html.Close("g").Close("svg");
        WriteKey(html);
        html.Close("figure").Close("section");
    }

    private string Sentence(int epochs)
    {
        var trials = report.Board.Trials.Count(trial => trial.EpochsRun is not null);
        var drawn = report.Curves.Count < trials
            ? $"{report.Curves.Count} of {TerminalText.Count(trials, "trial")} are drawn, the best and some of the others"
            : $"All {TerminalText.Count(trials, "trial")} that have trained an epoch are drawn";
        var best = report.Winner is { Trial: { Result: { } result } trial }
            ? $" The winner, {trial.Spec.Id}, came to {TerminalText.Figure(report.Objective.Of(result))} in epoch {result.BestEpoch} of {result.Epochs}."
            : "";
        return $"{drawn}, up to {TerminalText.Count(epochs, "epoch")}.{best}";
    }

    private void WriteConfiguration(HtmlWriter html, RankedConfiguration row, List<ReportedCurve> curves, PlotAxis across, PlotAxis up)
    {
        var (colour, number) = (ReportColours.Of(row, _ranked), TerminalText.Number(row.Number));
        var title = $"{row.Name}{(row.Rank is { } rank ? $", rank {rank}" : "")}";
        var width = row.Rank == 1 ? " best" : "";
        if (curves.Count > 1)
        {
            var epochs = curves.Max(curve => curve.Epochs.Count);
            List<double[]> values = [.. Enumerable.Range(0, epochs).Select(epoch => ValuesAt(curves, epoch))];
            var high = values.Select((at, epoch) => Place(epoch, at.Max(), across, up));
            var low = values.Select((at, epoch) => Place(epoch, at.Min(), across, up)).Reverse();
            html.Open("path", ("class", $"band {colour}"), ("d", $"M{string.Join('L', high.Concat(low))}Z")).Close("path");
            WriteLine(html, [.. values.Select(at => at.Average())], $"line {colour}{width}", number, $"{title}, mean of {curves.Count} repeats", across, up);
            return;
        }
        WriteLine(html, [.. curves[0].Epochs.Select(report.Objective.Of)], $"line {colour}{width}", number, title, across, up);
    }

    private double[] ValuesAt(List<ReportedCurve> curves, int epoch) =>
        [.. curves.Where(curve => curve.Epochs.Count > epoch).Select(curve => report.Objective.Of(curve.Epochs[epoch]))];

    private static void WriteLine(
        HtmlWriter html, IReadOnlyList<double> values, string style, string number, string title, PlotAxis across, PlotAxis up)
    {
        // A loss that is no number leaves a gap.
        var path = string.Concat(values.Select((value, epoch) => double.IsFinite(value)
            ? $"{(epoch == 0 || !double.IsFinite(values[epoch - 1]) ? 'M' : 'L')}{Place(epoch, value, across, up)}"
            : ""));
        if (values.Count == 1 && path.Length > 0) path += "h4";
        html.Open("path", ("class", style), ("data-t", number), ("d", path)).Element("title", title).Close("path");
    }

    private static string Place(int epoch, double value, PlotAxis across, PlotAxis up) =>
        Frame.Point(across.PlaceOf((double)(epoch + 1))!.Value, Math.Clamp(up.PlaceOf(value) ?? 0, -3, 3));

    private PlotAxis Range()
    {
        double[] values = [.. report.Curves.SelectMany(curve => curve.Epochs).Select(report.Objective.Of).Where(double.IsFinite).Order()];
        if (values.Length == 0) return PlotAxis.OfNumbers([0, 1]);
        var hidden = (int)(Hidden * values.Length);
        var isHighBetter = report.Objective.Goal == Goal.Maximize;
        var scale = ChartScale.Over(isHighBetter ? values[hidden..] : values[..^hidden], most: 7);
        return PlotAxis.OfScale(scale);
    }

    /// <summary>What the colours say, on each picture that has them.</summary>
    public static void WriteKey(HtmlWriter html)
    {
        html.Open("p", ("class", "key")).Element("span", "worst rank");
        for (var step = 0; step < 8; step++) html.Open("i", ("style", $"background:var(--v{step})")).Close("i");
        html.Element("span", "best rank; point at a line to find it everywhere, click to keep it marked").Close("p");
    }
}
