using System.Text.RegularExpressions;

namespace FashionSweep.Search.Sweeps;

/// <summary>Names as a regular expression, for which capitals, -, _, . and blanks make no difference.</summary>
internal static class SpellingPattern
{
    /// <param name="spellings">Without what makes no difference.</param>
    public static string Of(IEnumerable<string> spellings) => $"^({string.Join('|', spellings.Select(Loose))})$";

    /// <summary>The same, behind the groups of a dotted or slashed name.</summary>
    /// <param name="spellings">Without what makes no difference.</param>
    public static string OfEnds(IEnumerable<string> spellings) => $"^(.*[./])?({string.Join('|', spellings.Select(Loose))})$";

    private static string Loose(string spelling) =>
        string.Join("[-_. ]*", spelling.Select(letter => char.IsLetter(letter) ? $"[{char.ToUpperInvariant(letter)}{letter}]" : Regex.Escape($"{letter}")));
}
