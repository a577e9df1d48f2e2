using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Results.HtmlWriter;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>
/// Parallel coordinates: an axis for each parameter that varies and one for the objective. Of very many configurations their density is drawn.
/// </summary>
internal sealed class ParallelSection(SweepReport report)
{
    private const int Width = 1072;
    private const int Height = 360;
    private const int Top = 44;
    private const int Bottom = 20;
    private const int MostLines = 300;
    private const int LinesAboveADensity = 40;
    private const int Bins = 40;

    // Where a line goes of which the parameter does nothing.
    private const double Below = -0.05;

    private const int MostAxes = 12;

    private readonly string _metric = TerminalText.Name(report.Objective.Metric);
    private readonly List<RankedConfiguration> _rows =
        [.. report.Board.Configurations.Where(row => row.Value is { Value: var value } && double.IsFinite(value))];

    private int _ranked;

    public void Write(HtmlWriter html)
    {
        if (_rows.Count < 2 || report.Board.Varied.Count == 0) return;
        _ranked = _rows.Count(row => row.Rank is not null);
        var axes = Axes();
        html.Open("section", ("id", "parallel")).Element("h2", "What they were, and what they came to").Element("p", Sentence(), ("class", "soft"));
        html.Open("figure").Open("svg", ("viewBox", $"0 0 {Width} {Height}"), ("role", "img"), ("aria-label", $"Parallel coordinates. {Sentence()}"));
        if (_rows.Count > MostLines) WriteDensity(html, axes);
        // The best last, so that it lies on top.
        foreach (var row in _rows.Take(_rows.Count > MostLines ? LinesAboveADensity : MostLines).Reverse()) WriteLine(html, row, axes);
        foreach (var (index, axis) in axes.Index()) WriteAxis(html, axis, index, axes.Count);
        html.Close("svg");
        CurvesSection.WriteKey(html);
        html.Close("figure").Close("section");
    }

    private string Sentence()
    {
        const int First = 5;
        var shared = report.SharedByTheFirst(First);
        var words = string.Join(", ", shared.Select(one => $"{one.Name} {TerminalText.Short(one.Value)}"));
        var agree = shared.Count == 0 ? "" : $" The first {First} all have {words}.";
        var drawn = _rows.Count > MostLines
            ? $"{TerminalText.Count(_rows.Count, "configuration")}: the best {LinesAboveADensity} as lines, over the density of all."
            : $"A line for each of {TerminalText.Count(_rows.Count, "configuration")}, from its parameters to its {_metric}; "
                + "where one of them does nothing in it, below the axis.";
        var left = report.Board.Varied.Count > MostAxes ? $" {report.Board.Varied.Count - MostAxes} parameters that matter less have no axis." : "";
        return drawn + agree + left;
    }

    // Those that matter most where there are too many; in the order of the leaderboard.
    private List<Axis> Axes()
    {
        var varied = report.Board.Varied.Where(name => ValuesOf(name).Count > 0).ToList();
        var most = report.Importance is { } importance && varied.Count > MostAxes
            ? importance.Parameters.Select(parameter => parameter.Name).Where(varied.Contains).Concat(varied).Distinct().Take(MostAxes).ToHashSet()
            : [.. varied.Take(MostAxes)];
        var values = PlotAxis.OfNumbers([.. _rows.Select(row => row.Value!.Value.Value)]);
        return
        [
            .. varied.Where(most.Contains).Select(name => new Axis(
                name, row => report.ValueAtWork(row, name),
                PlotAxis.OfValues(ValuesOf(name)))),
            new Axis(_metric, row => row.Value!.Value.Value, values),
        ];
    }

    private List<ParameterValue> ValuesOf(string name) => [.. _rows.Select(row => report.ValueAtWork(row, name)).OfType<ParameterValue>()];

    private void WriteLine(HtmlWriter html, RankedConfiguration row, List<Axis> axes)
    {
        var points = axes.Select((axis, index) => $"{At(X(index, axes.Count))} {At(Y(axis.PlaceOf(row) ?? Below))}");
        html.Open(
                "path", ("class", $"line {ReportColours.Of(row, _ranked)}{(row.Rank == 1 ? " best" : "")}"), ("data-t", TerminalText.Number(row.Number)),
                ("d", $"M{string.Join('L', points)}"))
            .Element("title", $"{row.Name}, {_metric} {TerminalText.Spread(row.Value)}").Close("path");
    }

    // Lines between bins, in as many strengths as there are colours: so few elements that a page of thousands opens at once.
    private void WriteDensity(HtmlWriter html, List<Axis> axes)
    {
        for (var left = 0; left < axes.Count - 1; left++)
        {
            var counts = new Dictionary<(int, int), int>();
            foreach (var row in _rows)
                if ((axes[left].PlaceOf(row), axes[left + 1].PlaceOf(row)) is ({ } from, { } to))
                    counts[(Bin(from), Bin(to))] = counts.GetValueOrDefault((Bin(from), Bin(to))) + 1;
            var most = counts.Values.Max();
            foreach (var level in counts.GroupBy(count => 4 * count.Value / most).OrderBy(group => group.Key))
            {
                var (x, next) = (At(X(left, axes.Count)), At(X(left + 1, axes.Count)));
                var lines = level.Select(count => $"M{x} {At(Y((count.Key.Item1 + 0.5) / Bins))}L{next} {At(Y((count.Key.Item2 + 0.5) / Bins))}");
                html.Open("path", ("class", "cell v2"), ("opacity", At(Math.Min(1, 0.1 + (0.2 * level.Key)))), ("d", string.Concat(lines))).Close("path");
            }
        }
    }

    // Names of neighbours stand at two heights, so that long ones have room.
    private static void WriteAxis(HtmlWriter html, Axis axis, int index, int axes)
    {
        var (x, isLast) = (X(index, axes), index == axes - 1);
        html.Open("path", ("class", "axis"), ("d", $"M{At(x)} {At(Y(1))}V{At(Y(0))}")).Close("path");
        var (height, anchor) = ((axes - index) % 2 == 1 ? "14" : "31", isLast ? "end" : "middle");
        html.Element("text", axis.Name, ("class", "strong"), ("x", At(x)), ("y", height), ("text-anchor", anchor));
        foreach (var (place, text) in axis.Scale.Ticks)
            html.Element(
                "text", text, ("x", At(isLast ? x - 7 : x + 7)), ("y", At(Y(place) + 4)), ("text-anchor", isLast ? "end" : "start"),
                ("style", "paint-order:stroke;stroke:var(--ground);stroke-width:4px"));
    }

    private static int Bin(double place) => Math.Clamp((int)(place * Bins), 0, Bins - 1);

    private static double X(int axis, int axes) => 40 + (axis * (Width - 60.0) / Math.Max(1, axes - 1));

    private static double Y(double place) => Top + ((1 - place) * (Height - Top - Bottom));

    private sealed record Axis(string Name, Func<RankedConfiguration, ParameterValue?> ValueOf, PlotAxis Scale)
    {
        public double? PlaceOf(RankedConfiguration row) => ValueOf(row) is { } value ? Scale.PlaceOf(value) : null;
    }
}
