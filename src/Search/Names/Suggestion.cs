namespace FashionSweep.Search.Names;

/// <summary>What a message about a mistyped name ends on.</summary>
public static class Suggestion
{
    /// <summary>The name that was probably meant; nothing where none is near.</summary>
    public static string For(string written, IEnumerable<string> names) => Nearest.Of(written, names) is { } name ? $"; did you mean \"{name}\"?" : "";

    /// <summary>The name that was probably meant; all names where none is near.</summary>
    public static string OrAll(string written, IReadOnlyCollection<string> names) =>
        For(written, names) is { Length: > 0 } suggestion ? suggestion : $"; known are {string.Join(", ", names)}";
}
