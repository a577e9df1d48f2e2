using System.Globalization;

namespace FashionSweep.Shared.Protocol;

/// <summary>Text from elsewhere, as a terminal may show it.</summary>
public static class ShownText
{
    /// <summary>Line feeds and tabs stay; other letters that a terminal obeys, or that turn text around, become <c>�</c>.</summary>
    public static string Of(string text) => string.Create(text.Length, text, static (shown, from) =>
    {
        for (var i = 0; i < shown.Length; i++) shown[i] = from[i] is '\n' or '\t' || IsShown(from[i]) ? from[i] : '�';
    });

    /// <summary>Whether it only takes its place on a line.</summary>
    public static bool IsShown(char letter) => char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format);
}
