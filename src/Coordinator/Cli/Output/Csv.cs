namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>Comma-separated values as RFC 4180 has them.</summary>
internal static class Csv
{
    public static void WriteLine(TextWriter output, IEnumerable<string?> cells) => output.Write(string.Join(',', cells.Select(Quote)) + "\r\n");

    private static string Quote(string? cell) =>
        cell is null ? "" : cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
