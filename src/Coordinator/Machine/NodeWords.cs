using System.Globalization;

namespace FashionSweep.Coordinator.Machine;

/// <summary>What a node says in its own words, as it may be stored and shown.</summary>
internal static class NodeWords
{
    /// <summary>In letters: an error that fills a page says no more than its beginning.</summary>
    public const int Longest = 2000;

    /// <summary>Letters that command a terminal become <c>�</c>, and what is too long is cut.</summary>
    public static string Shown(string said)
    {
        var text = said.Length <= Longest ? said : $"{said.AsSpan(0, Longest)}…";
        return string.Create(text.Length, text, (shown, from) =>
        {
            for (var i = 0; i < shown.Length; i++) shown[i] = IsShown(from[i]) ? from[i] : '�';
        });
    }

    private static bool IsShown(char letter) => letter is '\n' or '\t' || !(char.IsControl(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format);
}
