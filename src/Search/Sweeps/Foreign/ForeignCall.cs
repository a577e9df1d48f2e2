using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>
/// A call as Python and Hydra write it: <c>tune.loguniform(1e-4, 1e-1)</c>, <c>tag(log, interval(1, 9))</c>, <c>[a, b]</c>, or a single word.
/// </summary>
/// <param name="Name">Of what is called, or the word; <c>[</c> of a list.</param>
/// <param name="Arguments">Null of a word.</param>
/// <param name="Key">As <c>step</c> of <c>step=2</c>.</param>
internal sealed record ForeignCall(string Name, bool IsQuoted, IReadOnlyList<ForeignCall>? Arguments, string? Key = null)
{
    private const int Deepest = 8;

    /// <returns>Null where the text is no call and no list.</returns>
    public static ForeignCall? Parse(string text)
    {
        var at = 0;
        return Read(text, ref at, 0) is { Arguments: not null } call && Skip(text, at) == text.Length ? call : null;
    }

    /// <summary>The last part of its name, as <c>loguniform</c> of <c>ray.tune.loguniform</c>.</summary>
    public string Function => Name.Split('.')[^1];

    public ForeignCall? this[string key] => Arguments?.FirstOrDefault(argument => argument.Key == key);

    public IReadOnlyList<ForeignCall> Positional => [.. Arguments?.Where(argument => argument.Key is null) ?? []];

    /// <summary>An argument by its name, else by its place among those without one.</summary>
    public double? Number(string key, int place) => (this[key] ?? Positional.ElementAtOrDefault(place))?.AsNumber();

    public double? AsNumber() => Arguments is null && !IsQuoted ? ForeignTree.NumberOf(Name) : null;

    public ParameterValue? AsValue() => Arguments is null
        ? IsQuoted ? Name : ForeignTree.Resolve(Name is "True" ? "true" : Name is "False" ? "false" : Name)
        : Name == "[" ? new ParameterValue.List([.. Arguments.Select(item => item.AsValue()).OfType<ParameterValue>()]) : null;

    private static ForeignCall? Read(string text, ref int at, int depth)
    {
        at = Skip(text, at);
        if (at >= text.Length || depth > Deepest) return null;
        if (text[at] is '\'' or '"') return ReadQuoted(text, ref at);
        if (text[at] is '[' or '(') return ReadArguments("[", text, ref at, depth);
        var start = at;
        while (at < text.Length && text[at] is not ('(' or ')' or '[' or ']' or ',' or '=' or '\'' or '"')) at++;
        var word = text[start..at].Trim();
        if (word.Length == 0) return null;
        if (at < text.Length && text[at] == '(') return ReadArguments(word, text, ref at, depth);
        if (at >= text.Length || text[at] != '=') return new ForeignCall(word, false, null);
        at++;
        return Read(text, ref at, depth + 1) is { } value ? value with { Key = word } : null;
    }

    private static ForeignCall? ReadQuoted(string text, ref int at)
    {
        var end = text.IndexOf(text[at], at + 1);
        if (end < 0) return null;
        var word = new ForeignCall(text[(at + 1)..end], true, null);
        at = end + 1;
        return word;
    }

    private static ForeignCall? ReadArguments(string name, string text, ref int at, int depth)
    {
        var close = text[at] == '(' ? ')' : ']';
        var arguments = new List<ForeignCall>();
        for (at = Skip(text, at + 1); at < text.Length && text[at] != close; at = Skip(text, at))
        {
            if (Read(text, ref at, depth + 1) is not { } argument) return null;
            arguments.Add(argument);
            at = Skip(text, at);
            if (at < text.Length && text[at] == ',') at++;
            else if (at >= text.Length || text[at] != close) return null;
        }
        if (at >= text.Length) return null;
        at++;
        return new ForeignCall(name, false, arguments);
    }

    private static int Skip(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at;
    }
}
