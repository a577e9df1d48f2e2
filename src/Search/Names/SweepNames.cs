using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FashionSweep.Search.Names;

/// <summary>
/// What a sweep may be called: letters and digits of any script. A name stands in trials' names, on command lines, in addresses and in labels of metrics,
/// and may become a file's.
/// </summary>
public static partial class SweepNames
{
    public const string Rule = "up to 100 letters, digits, -, _ and ., the first a letter or digit";

    // A file's name may have 255 bytes, and the number of a run comes behind it.
    private const int MostLetters = 100;
    private const int MostBytes = 200;

    private static readonly char[] Between = ['-', '.', '_'];

    /// <summary>
    /// The name that this text gives: accents of Latin letters go (é is e), letters of other scripts stay, and what is no letter is a dash. What is a name
    /// already stays as it is.
    /// </summary>
    /// <returns>Empty where no letter and no digit is in it.</returns>
    public static string Of(string text)
    {
        if (PlainPattern().IsMatch(text)) return text;
        var name = Cut(Written(text).TrimStart(Between)).TrimEnd(Between);
        // A bare number is a trial's.
        return name.Length > 0 && name.All(char.IsAsciiDigit) ? $"sweep-{name}" : name;
    }

    private static string Written(string text)
    {
        var written = new StringBuilder();
        var isLatin = false;
        foreach (var letter in text.EnumerateRunes())
        {
            var isMark = Rune.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark;
            // An accent by itself, as some systems write it behind its letter.
            if (isMark && isLatin) continue;
            var latin = LatinLetters.Of(letter);
            isLatin = latin is not null;
            if (latin is not null) written.Append(latin);
            else if (Stays(letter)) written.Append(letter.ToString());
            else if (written is not [.., '-']) written.Append('-');
        }
        return written.ToString();
    }

    private static bool Stays(Rune letter) => Rune.IsLetter(letter) || letter.Value is '.' or '_' || Rune.GetUnicodeCategory(letter)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Between letters as people see them, so that none loses its marks.
    private static string Cut(string name)
    {
        var kept = new StringBuilder();
        var (bytes, elements) = (0, StringInfo.GetTextElementEnumerator(name));
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            bytes += Encoding.UTF8.GetByteCount(element);
            if (kept.Length + element.Length > MostLetters || bytes > MostBytes) break;
            kept.Append(element);
        }
        return kept.ToString();
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex PlainPattern();
}
