using System.Net;
using FashionSweep.Coordinator.Results;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>The leaderboard as a table of Markdown, for texts and tickets.</summary>
internal static class LeaderboardMarkdown
{
    public static void Write(TextWriter output, Leaderboard all, IReadOnlyList<RankedConfiguration> rows)
    {
        var columns = LeaderboardColumns.Of(all, rows);
        WriteLine(output, columns.Select(column => column.Heading));
        WriteLine(output, columns.Select(column => column.Numeric ? "---:" : "---"));
        for (var row = 0; row < rows.Count; row++) WriteLine(output, columns.Select(column => column.Cells[row]));
    }

    private static void WriteLine(TextWriter output, IEnumerable<string> cells) => output.WriteLine($"| {string.Join(" | ", cells.Select(Escape))} |");

    // A cell is one line of text, without markup.
    private static string Escape(string cell) => WebUtility.HtmlEncode(cell.ReplaceLineEndings(" ")).Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal);
}
