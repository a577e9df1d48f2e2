using FashionSweep.Search.Names;
using YamlDotNet.Core;

namespace FashionSweep.Search.Sweeps.Yaml;

/// <summary>Says in the words of somebody who writes sweep files what the YAML parser found.</summary>
internal sealed class YamlSyntax(string text)
{
    public const string BracketStaysOpen = "this bracket is never closed, or a comma is missing behind it";
    public const string NoName = "an anchor (&) or alias (*) needs a name of letters and digits: put a value that begins on & or * in quotes";
    public const string NoTags = "tags (!) are not supported: write the value without one";

    public const string NoColon = "a colon is missing before this: write `key: value`";

    private const string NoDirectives = "directives (%) are not supported: leave the line out";
    private const string UnknownEscape = "unknown escape in this quoted text: use single quotes, or \\\\ for a backslash";
    private const string TheEnd = "the end";

    private readonly string[] _lines = text.Split('\n');

    /// <param name="openBracket">Of the innermost list or mapping in brackets that the parser was in.</param>
    public (Position At, string Message) Explain(YamlException fault, Position? openBracket)
    {
        var at = new Position((int)fault.Start.Line, (int)fault.Start.Column);
        if (fault.Message.Contains("tab", StringComparison.Ordinal)) return (TabFrom(at), "a tab can't indent a line: use spaces");
        if (openBracket is { } bracket && (LetterAt(at) == TheEnd || fault.Message.Contains("flow", StringComparison.Ordinal)))
            return (bracket, BracketStaysOpen);
        if (fault.Message.Contains("<document start>", StringComparison.Ordinal)) at = FirstDirective() ?? at;
        return (at, Rephrase(fault.Message, at));
    }

    private string Rephrase(string message, Position at)
    {
        var meant = Phrases.FirstOrDefault(phrase => message.Contains(phrase.Said, StringComparison.Ordinal)).Meant;
        return meant?.Replace("{}", Printable.Short(LetterAt(at)), StringComparison.Ordinal)
            ?? "this can't be read as YAML; a line is `key: value`, or `- value` in a list";
    }

    // In the order in which they are tried.
    private static readonly (string Said, string Meant)[] Phrases =
    [
        ("escape", UnknownEscape),
        ("hexadecimal", UnknownEscape),
        ("surrogates", UnknownEscape),
        ("quoted scalar", "this quotation mark is never closed"),
        ("invalid mapping", "this colon makes a key inside of a value: indent the key like its neighbours, or put the value in quotes"),
        ("expected key", "a key was expected here: write `key: value`, indented exactly like its neighbours"),
        ("expected ':'", "a colon is missing here: write `key: value`, or `- value` in a list"),
        ("<document start>", NoDirectives),
        ("<document end>", "the file's mapping has ended before this: indent it like the keys above, or remove it"),
        ("'-' indicator", "a list goes on here, so the line must start with \"- \"; a list can't have keys beside its items"),
        ("cannot start any token", "a value can't start with {}: put it in quotes"),
        ("node content", "a value was expected here, found {}"),
        ("anchor", NoName),
        ("directive", NoDirectives),
        ("incompatible", NoDirectives),
        ("tag", NoTags),
        ("block scalar", "nothing but a line of its own may follow | or >"),
    ];

    private Position TabFrom(Position from)
    {
        for (var line = from.Line; line <= _lines.Length; line++)
        {
            var indent = _lines[line - 1].AsSpan();
            var column = indent[..(indent.Length - indent.TrimStart().Length)].IndexOf('\t') + 1;
            if (column > 0) return new Position(line, column);
        }
        return from;
    }

    private Position? FirstDirective() => Array.FindIndex(_lines, line => line.StartsWith('%')) is >= 0 and var index ? new Position(index + 1, 1) : null;

    private string LetterAt(Position at) =>
        at.Line <= _lines.Length && at.Column <= _lines[at.Line - 1].Length ? _lines[at.Line - 1][at.Column - 1].ToString() : TheEnd;
}
