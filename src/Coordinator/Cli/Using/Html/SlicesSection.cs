using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Search.Importance;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>A scatter for each parameter: its values against what came of them, with the mean effect where it is known.</summary>
internal sealed class SlicesSection(SweepReport report)
{
    private static readonly PlotFrame Frame = new(340, 220);

    private const int MostSingle = 400;

    // Diverged and unlucky ones would take most of the picture.
    private const double Hidden = 0.05;

    private readonly string _metric = TerminalText.Name(report.Objective.Metric);
    private readonly List<RankedConfiguration> _rows =
        [.. report.Board.Configurations.Where(row => row.Value is { Value: var value } && double.IsFinite(value))];

    public void Write(HtmlWriter html)
    {
        if (_rows.Count < 2 || report.Board.Varied.Count == 0) return;
        html.Open("section", ("id", "slices")).Element("h2", $"Each parameter against {_metric}");
        var line = report.Importance is null
            ? ""
            : " The blue line is the mean over all other parameters, its band four fifths of the forest's trees (fANOVA).";
        html.Element("p", $"A dot for each of {TerminalText.Count(_rows.Count, "configuration")}, its colour by rank.{line}", ("class", "soft"));
        html.Open("div", ("class", "slices"));
        var up = Range();
        foreach (var (index, name) in InOrder().Index()) WriteSlice(html, index, name, up);
        html.Close("div").Close("section");
    }

    // What matters most comes first.
    private IEnumerable<string> InOrder() => (report.Importance?.Parameters.Select(parameter => parameter.Name).Where(report.Board.Varied.Contains) ?? [])
        .Concat(report.Board.Varied).Distinct();

    private void WriteSlice(HtmlWriter html, int index, string name, PlotAxis up)
    {
        List<ParameterValue> values = [.. _rows.Select(row => report.ValueAtWork(row, name)).OfType<ParameterValue>()];
        if (values.Count == 0) return;
        var across = PlotAxis.OfValues(values);
        html.Open("figure");
        Frame.Open(html, $"slice-{index}", $"{_metric} by {name}", across, name, up, _metric);
        html.Open("g", ("clip-path", $"url(#slice-{index})"));
        WriteDots(html, name, across, up);
        if (report.Importance?.Parameters.FirstOrDefault(parameter => parameter.Name == name) is { } found) WriteEffect(html, found, across, up);
        html.Close("g").Close("svg").Close("figure");
    }

    private void WriteDots(HtmlWriter html, string name, PlotAxis across, PlotAxis up)
    {
        var ranked = _rows.Count(row => row.Rank is not null);
        var placed = Enumerable.Reverse(_rows)
            .Select(row => (Row: row, X: report.ValueAtWork(row, name) is { } value ? across.PlaceOf(value) : null, Y: up.PlaceOf(row.Value!.Value.Value)))
            .Where(dot => dot is { X: not null, Y: not null }).ToList();
        if (placed.Count <= MostSingle)
        {
            foreach (var (row, x, y) in placed)
                html.Open(
                        "path", ("class", $"dots {ReportColours.Of(row, ranked)}{(row.Rank == 1 ? " best" : "")}"), ("data-t", TerminalText.Number(row.Number)),
                        ("d", $"M{Frame.Point(x!.Value, y!.Value)}h0"))
                    .Element("title", $"{row.Name}: {TerminalText.Short(row.ParameterOf(name))}, {TerminalText.Spread(row.Value)}").Close("path");
            return;
        }
        // Of very many those of one colour are one path, and those that lie on each other one dot.
        foreach (var group in placed.GroupBy(dot => ReportColours.Of(dot.Row, ranked)))
        {
            var dots = group.Select(dot => $"M{Math.Round(Frame.X(dot.X!.Value))} {Math.Round(Frame.Y(dot.Y!.Value))}h0").Distinct();
            html.Open("path", ("class", $"dots {group.Key}"), ("style", "stroke-width:3.5"), ("d", string.Concat(dots))).Close("path");
        }
    }

    private static void WriteEffect(HtmlWriter html, ParameterImportance found, PlotAxis across, PlotAxis up)
    {
        var points = found.Effects.Select(effect => (X: across.PlaceOf(effect.Parameter), effect.Value))
            .Where(point => point.X is >= 0 and <= 1).Select(point => (X: point.X!.Value, point.Value)).OrderBy(point => point.X).ToList();
        if (points.Count < 2) return;
        double Y(double value) => Math.Clamp(up.PlaceOf(value) ?? 0, -3, 3);
        var band = points.Select(point => Frame.Point(point.X, Y(point.Value.High)))
            .Concat(Enumerable.Reverse(points).Select(point => Frame.Point(point.X, Y(point.Value.Low))));
        html.Open("path", ("class", "effectband"), ("d", $"M{string.Join('L', band)}Z")).Close("path");
        html.Open("path", ("class", "effect"), ("d", $"M{string.Join('L', points.Select(point => Frame.Point(point.X, Y(point.Value.Mean))))}")).Close("path");
    }

    private PlotAxis Range()
    {
        double[] values = [.. _rows.Select(row => row.Value!.Value.Value).Order()];
        var hidden = (int)(Hidden * values.Length);
        return PlotAxis.OfNumbers(report.Objective.Goal == Goal.Maximize ? values[hidden..] : values[..(values.Length - hidden)]);
    }
}
