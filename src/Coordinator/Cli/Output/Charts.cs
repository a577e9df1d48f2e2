using System.Globalization;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>One line of a chart: a value for each epoch, the first at epoch 1.</summary>
/// <param name="Dotted">Tells it from a solid line where there are no colours.</param>
public sealed record ChartLine(string Name, Color Colour, IReadOnlyList<double> Values, bool Dotted = false);

/// <summary>Draws lines in braille, of which each character has 2 × 4 dots, with axes around them.</summary>
public static class Charts
{
    /// <param name="mark">An epoch to point out below the axis.</param>
    /// <returns>Markup, each line <paramref name="width"/> wide: the title, <paramref name="height"/> lines of plot, the axis and its labels.</returns>
    public static IReadOnlyList<string> Draw(string title, IReadOnlyList<ChartLine> lines, int mark, int width, int height)
    {
        var epochs = lines.Max(line => line.Values.Count);
        var scale = ChartScale.Over(lines.SelectMany(line => line.Values).Where(double.IsFinite), most: height / 2);
        var labels = scale.Ticks.ToDictionary(tick => RowOf(scale, tick, height), scale.Label);
        var margin = labels.Values.Max(label => label.Length);
        var plot = new BraillePlot(width - margin - 2, height);
        foreach (var line in lines) Plot(plot, line, scale, epochs);

        var drawn = new List<string> { Title(title, lines, width) };
        for (var row = 0; row < height; row++)
        {
            var label = labels.GetValueOrDefault(row);
            drawn.Add($"[dim]{(label ?? "").PadLeft(margin)} {(label is null ? '│' : '┤')}[/]{plot.Row(row)}");
        }
        drawn.AddRange(EpochAxis(epochs, mark, margin, plot.Width));
        return drawn;
    }

    private static string Title(string title, IReadOnlyList<ChartLine> lines, int width)
    {
        var legend = lines.Select(line => (Text: $"{(line.Dotted ? "⠂⠂⠂" : "⠒⠒⠒")} {line.Name}", line.Colour)).ToList();
        var space = new string(' ', Math.Max(0, width - title.Length - legend.Sum(entry => 3 + entry.Text.Length)));
        return $"[bold]{title}[/]{string.Concat(legend.Select(entry => $"   [{entry.Colour.ToMarkup()}]{entry.Text}[/]"))}{space}";
    }

    private static int RowOf(ChartScale scale, double value, int height) => (int)Math.Round((1 - scale.Share(value)) * (height - 1));

    private static void Plot(BraillePlot plot, ChartLine line, ChartScale scale, int epochs)
    {
        (int X, int Y)? last = null;
        for (var i = 0; i < line.Values.Count; i++)
        {
            // A loss that is no number leaves a gap.
            if (!double.IsFinite(line.Values[i]))
            {
                last = null;
                continue;
            }
            var x = epochs == 1 ? plot.DotsAcross / 2 : (int)Math.Round((double)i / (epochs - 1) * (plot.DotsAcross - 1));
            var y = (int)Math.Round((1 - scale.Share(line.Values[i])) * (plot.DotsDown - 1));
            plot.Line(last ?? (x, y), (x, y), line.Colour, line.Dotted ? 3 : 1);
            last = (x, y);
        }
    }

    private static IEnumerable<string> EpochAxis(int epochs, int mark, int margin, int width)
    {
        int ColumnOf(int epoch) => epochs == 1 ? width / 2 : (int)Math.Round((double)(epoch - 1) / (epochs - 1) * (width - 1));
        var (axis, labels) = (new string('─', width).ToCharArray(), new string(' ', width).ToCharArray());
        var free = 0;
        foreach (var epoch in Labelled(epochs, Math.Max(2, width / 8)))
        {
            var text = epoch.ToString(CultureInfo.InvariantCulture);
            var at = Math.Clamp(ColumnOf(epoch) - (text.Length / 2), 0, width - text.Length);
            axis[ColumnOf(epoch)] = '┬';
            if (at < free) continue;
            text.CopyTo(labels.AsSpan(at));
            free = at + text.Length + 1;
        }
        var (before, after) = (new string(axis, 0, ColumnOf(mark)), new string(axis, ColumnOf(mark) + 1, width - ColumnOf(mark) - 1));
        yield return $"[dim]{new string(' ', margin)} └{before}[/][green]▲[/][dim]{after}[/]";
        yield return $"[dim]{new string(' ', margin + 2)}{new string(labels)}[/]";
    }

    private static IEnumerable<int> Labelled(int epochs, int most)
    {
        var step = (int)Math.Max(1, ChartScale.NiceStep((double)epochs / most));
        return Enumerable.Range(1, epochs).Where(epoch => epoch == 1 || epoch % step == 0);
    }
}

/// <summary>A range that begins and ends on round numbers.</summary>
public sealed record ChartScale(double Low, double High, double Step)
{
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round((High - Low) / Step) + 1).Select(index => Low + (index * Step));

    public static ChartScale Over(IEnumerable<double> values, int most)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) (low, high) = (0, 1);
        var step = NiceStep(Math.Max(high - low, 1e-4) / Math.Max(1, most - 1));
        return new ChartScale(Math.Floor(low / step) * step, Math.Max(Math.Ceiling(high / step), Math.Floor(low / step) + 1) * step, step);
    }

    /// <summary>The next number up that is 1, 2 or 5 times a power of ten.</summary>
    public static double NiceStep(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        var factor = least / power * (1 - 1e-9);
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }

    public double Share(double value) => (value - Low) / (High - Low);

    public string Label(double tick) => tick.ToString($"F{Math.Clamp((int)-Math.Floor(Math.Log10(Step) + 1e-9), 0, 6)}", CultureInfo.InvariantCulture);
}

/// <summary>Dots on a grid of braille characters; a character has the colour of the last dot set in it.</summary>
internal sealed class BraillePlot(int width, int height)
{
    // Unicode numbers the dots of a cell down the left, down the right, and then the bottom row.
    private static readonly int[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly int[,] _dots = new int[height, width];
    private readonly Color[,] _colours = new Color[height, width];

    public int Width => width;

    public int DotsAcross => width * 2;

    public int DotsDown => height * 4;

    /// <summary>Sets the dots from one point to another, or each n-th of them.</summary>
    public void Line((int X, int Y) from, (int X, int Y) to, Color colour, int each)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        int Between(int start, int end, int step) => start + (int)Math.Round((double)(end - start) * step / steps);
        for (var i = 0; i <= steps; i += each) Set(Between(from.X, to.X, i), Between(from.Y, to.Y, i), colour);
    }

    public string Row(int row) => string.Concat(Enumerable.Range(0, width).Select(column =>
        _dots[row, column] == 0 ? " " : $"[{_colours[row, column].ToMarkup()}]{(char)(0x2800 + _dots[row, column])}[/]"));

    private void Set(int x, int y, Color colour)
    {
        _dots[y / 4, x / 2] |= Bits[y % 4, x % 2];
        _colours[y / 4, x / 2] = colour;
    }
}
