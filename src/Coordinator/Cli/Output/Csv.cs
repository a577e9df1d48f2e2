using System.Globalization;

namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>Comma-separated values as RFC 4180 has them.</summary>
internal static class Csv
{
    public static void WriteLine(TextWriter output, IEnumerable<string?> cells) => output.Write(string.Join(',', cells.Select(Quote)) + "\r\n");

    private static string Quote(string? cell)
    {
        if (cell is null) return "";
        var text = IsFormula(cell) ? $"'{cell}" : cell;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    // A spreadsheet would work it out: what a user wrote stays text by an apostrophe before it. A number below 0 is none.
    private static bool IsFormula(string cell) =>
        cell.Length > 0 && "=+-@\t\r".Contains(cell[0]) && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
