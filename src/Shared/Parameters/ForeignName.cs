using System.Text.RegularExpressions;

namespace FashionSweep.Shared.Parameters;

/// <summary>What sweep files of other scripts set, and an engine doesn't take from them.</summary>
/// <param name="Names">However they are spelled; * stands for any letters.</param>
/// <param name="Fault">What to say where it asks for something that isn't so here; null where it never touches what is trained.</param>
/// <param name="Harmless">Values that ask for what is so anyway, however they are spelled; * stands for any letters.</param>
public sealed record ForeignName(IReadOnlyList<string> Names, string? Fault = null, params IReadOnlyList<string> Harmless)
{
    private readonly Regex? _patterns = Pattern([.. Names.Where(name => name.Contains('*'))]);
    private readonly Regex? _harmless = Pattern(Harmless);

    /// <summary>Those without a *, without what makes no difference.</summary>
    public IReadOnlySet<string> ExactNames { get; } = Names.Where(name => !name.Contains('*')).Select(Spelling.Plain).ToHashSet();

    /// <summary>Whatever stands in a group of this name is of it, too.</summary>
    public bool HoldsItsGroup { get; init; }

    /// <summary>Whether a name is one of these.</summary>
    /// <param name="plain">Without what makes no difference.</param>
    public bool Is(string plain) => IsExactly(plain) || _patterns?.IsMatch(plain) == true;

    /// <summary>Whether a name is one of those without a *.</summary>
    /// <param name="plain">Without what makes no difference.</param>
    public bool IsExactly(string plain) => ExactNames.Contains(plain);

    /// <summary>Whether a value may be passed over.</summary>
    public bool IsHarmless(string written) => Fault is null || _harmless?.IsMatch(Spelling.Plain(written)) == true;

    private static Regex? Pattern(IReadOnlyList<string> texts) => texts.Count == 0 ? null : new Regex(
        $"^({string.Join('|', texts.Select(text => Regex.Escape(Spelling.Plain(text)).Replace("\\*", ".*", StringComparison.Ordinal)))})\\z",
        RegexOptions.CultureInvariant);
}
