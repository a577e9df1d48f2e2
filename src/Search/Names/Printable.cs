using System.Text;

namespace FashionSweep.Search.Names;

/// <summary>Makes text of a file fit for a message: one line, not too long, without a terminal's control characters.</summary>
internal static class Printable
{
    private const int Longest = 60;
    private const int LongestLine = 200;

    public static string Short(string text) => Cut(text, Longest);

    /// <summary>The same of a text that is mostly ours.</summary>
    public static string Line(string text) => Cut(text, LongestLine);

    private static string Cut(string text, int longest)
    {
        var shown = new StringBuilder();
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, longest)))
            shown.Append(char.IsControl(letter) || char.IsSurrogate(letter) ? $"\\u{(int)letter:x4}" : letter.ToString());
        return text.Length > longest ? $"{shown}…" : shown.ToString();
    }
}
