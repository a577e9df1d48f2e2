using System.Text;

namespace FashionSweep.Search.Names;

/// <summary>Makes text of a file fit for a message: one line, not too long, without a terminal's control characters.</summary>
internal static class Printable
{
    private const int Longest = 60;

    public static string Short(string text)
    {
        var shown = new StringBuilder();
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, Longest)))
            shown.Append(char.IsControl(letter) || char.IsSurrogate(letter) ? $"\\u{(int)letter:x4}" : letter.ToString());
        return text.Length > Longest ? $"{shown}…" : shown.ToString();
    }
}
