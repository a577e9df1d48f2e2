using FashionSweep.Search.Names;

namespace FashionSweep.Search.Conditions;

internal enum TokenKind
{
    Word,
    Number,
    Quoted,
    Symbol,
    End,
}

/// <param name="Text">Of a quoted text, without its quotes.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Column)
{
    /// <summary>The column behind its last letter.</summary>
    public int End => Column + Text.Length + (Kind == TokenKind.Quoted ? 2 : 0);
}

/// <summary>Cuts a condition's text into words, numbers, quoted texts and symbols.</summary>
internal static class Tokens
{
    // The longer of two that start alike comes first.
    private static readonly string[] Symbols = ["<=", ">=", "!=", "==", "**", "<", ">", "=", "+", "-", "*", "/", "%", "(", ")", "[", "]", ","];

    private static readonly Dictionary<char, string> Instead = new()
    {
        ['&'] = ": write and",
        ['|'] = ": write or",
        ['!'] = ": write not",
        ['^'] = ": write **",
    };

    public static List<Token> Cut(string text)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var token = Next(text, at);
            tokens.Add(token);
            at = token.End - 1;
        }
        tokens.Add(new Token(TokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static Token Next(string text, int at)
    {
        var first = text[at];
        if (char.IsAsciiLetter(first) || first == '_') return new Token(TokenKind.Word, text[at..EndOfWord(text, at)], at + 1);
        if (char.IsAsciiDigit(first) || first == '.') return new Token(TokenKind.Number, text[at..EndOfNumber(text, at)], at + 1);
        if (first is '"' or '\'')
        {
            var end = text.IndexOf(first, at + 1);
            return end > 0 ? new Token(TokenKind.Quoted, text[(at + 1)..end], at + 1) : throw new ConditionException("the quote is not closed", text, at + 1);
        }
        return Symbols.FirstOrDefault(symbol => text.AsSpan(at).StartsWith(symbol)) is { } found
            ? new Token(TokenKind.Symbol, found, at + 1)
            : throw new ConditionException($"{Printable.Short(first.ToString())} has no meaning here{Instead.GetValueOrDefault(first)}", text, at + 1);
    }

    private static int EndOfWord(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_')) at++;
        return at;
    }

    // A sign belongs to the number after an exponent's e only.
    private static int EndOfNumber(string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '.' || (text[end] is '-' or '+' && text[end - 1] is 'e' or 'E')))
            end++;
        return end;
    }
}
