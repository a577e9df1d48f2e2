using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>One column of a table, from its heading down.</summary>
/// <param name="Heading">May have two lines.</param>
/// <param name="DropOrder">Where a terminal is too narrow, the column with the lowest goes first; null stays.</param>
internal sealed record TerminalColumn(string Heading, IReadOnlyList<string> Cells, bool Numeric = true, int? DropOrder = null)
{
    public int Width { get; } = Math.Max(Heading.Split('\n').Max(line => line.Length), Cells.Select(cell => cell.Length).DefaultIfEmpty().Max());

    public string Pad(string text) => Numeric ? text.PadLeft(Width) : text.PadRight(Width);
}

/// <summary>A table that leaves out columns rather than wrap its lines.</summary>
internal static class TerminalTable
{
    private const string Gap = "  ";

    /// <param name="styles">Of each row.</param>
    /// <returns>How many columns found no room.</returns>
    public static int Write(IAnsiConsole console, Terminal terminal, IReadOnlyList<TerminalColumn> columns, IReadOnlyList<Style> styles)
    {
        var shown = Fit(terminal.Interactive ? [.. columns] : [.. columns.Select(OnOneLine)], terminal.Width - 1);
        var headingLines = shown.Max(column => column.Heading.Count('\n')) + 1;
        for (var line = headingLines - 1; line >= 0; line--)
            WriteLine(console, shown.Select(column => column.Pad(HeadingLine(column, line))), new Style(decoration: Decoration.Bold));
        if (terminal.Interactive) WriteLine(console, shown.Select(column => new string('─', column.Width)), new Style(decoration: Decoration.Dim), "──");
        for (var row = 0; row < styles.Count; row++) WriteLine(console, shown.Select(column => column.Pad(column.Cells[row])), styles[row]);
        return columns.Count - shown.Count;
    }

    // In a file each line stands for itself: one line of headings, in names that a script can split.
    private static TerminalColumn OnOneLine(TerminalColumn column) => new(column.Heading.Replace('\n', '_').Replace(' ', '_'), column.Cells, column.Numeric);

    private static List<TerminalColumn> Fit(List<TerminalColumn> columns, int width)
    {
        while (columns.Sum(column => Gap.Length + column.Width) > width)
        {
            if (columns.Where(column => column.DropOrder is not null).MinBy(column => column.DropOrder) is not { } least) break;
            columns.Remove(least);
        }
        return columns;
    }

    // Headings of one line stand at the bottom of two.
    private static string HeadingLine(TerminalColumn column, int fromBottom) => column.Heading.Split('\n').Reverse().ElementAtOrDefault(fromBottom) ?? "";

    private static void WriteLine(IAnsiConsole console, IEnumerable<string> cells, Style style, string gap = Gap) =>
        console.WriteLine(gap + string.Join(gap, cells).TrimEnd(), style);
}
