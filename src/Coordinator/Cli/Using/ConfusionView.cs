using System.Globalization;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>A confusion matrix as people read it: right answers and the most frequent mistakes stand out, and the mistakes are said in words as well.</summary>
internal sealed class ConfusionView(IAnsiConsole console, int width, ConfusionMatrix matrix)
{
    private const int InWords = 3;
    private const int ShortHeading = 4;
    private const string Gap = "  ";

    private static readonly int LabelWidth = FashionMnist.Classes.Max(name => name.Length);

    private readonly IReadOnlyList<Confusion> _largest = matrix.Largest(InWords);
    private readonly int _countWidth = matrix.Rows.Max(row => row.Max(count => Text(count).Length));

    public void Write()
    {
        var shortened = FashionMnist.Classes.Select(name => name[..Math.Min(name.Length, ShortHeading)]);
        string[] headings = Room(FashionMnist.Classes) <= width ? [.. FashionMnist.Classes] : [.. shortened];
        if (Room(headings) <= width) WriteTable(headings);
        else console.MarkupLine("  [dim]No room for the confusion matrix; --format json has it.[/]");
        if (_largest.Count > 0) WriteWords();
    }

    private int Room(IEnumerable<string> headings) => Gap.Length + LabelWidth + headings.Sum(heading => Gap.Length + CellWidth(heading));

    private int CellWidth(string heading) => Math.Max(heading.Length, _countWidth);

    private void WriteTable(string[] headings)
    {
        console.MarkupLine($"[bold]{Gap}{new string(' ', LabelWidth)}"
            + $"{string.Concat(headings.Select(heading => Gap + Markup.Escape(heading.PadLeft(CellWidth(heading)))))}[/]");
        for (var truth = 0; truth < matrix.Classes; truth++)
        {
            var cells = headings.Select((heading, predicted) => Gap + Cell(truth, predicted, CellWidth(heading)));
            console.MarkupLine($"{Gap}{Markup.Escape(FashionMnist.Classes[truth].PadRight(LabelWidth))}{string.Concat(cells)}");
        }
    }

    private string Cell(int truth, int predicted, int cellWidth)
    {
        var images = matrix.Rows[truth][predicted];
        var text = (images == 0 ? "·" : Text(images)).PadLeft(cellWidth);
        if (images == 0) return $"[dim]{text}[/]";
        if (truth == predicted) return $"[green]{text}[/]";
        return _largest.Contains(new Confusion(truth, predicted, images)) ? $"[bold yellow]{text}[/]" : text;
    }

    private void WriteWords()
    {
        console.WriteLine();
        foreach (var (truth, predicted, images) in _largest)
        {
            var support = matrix.Of(truth).Support;
            var share = string.Create(CultureInfo.InvariantCulture, $"{100.0 * images / support:0.#} %");
            var (right, wrong) = (FashionMnist.Classes[truth], FashionMnist.Classes[predicted]);
            console.MarkupLineInterpolated($"  [bold]{right}[/] taken for [bold]{wrong}[/]: {images} of {Count(support, "image")}, {share}");
        }
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
