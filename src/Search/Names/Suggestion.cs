namespace FashionSweep.Search.Names;

/// <summary>What a message says of the words that may stand where one is wrong.</summary>
public static class Suggestion
{
    /// <summary>What must stand where one of a few words may: <c>table or json</c>, <c>one of table, json, csv</c>.</summary>
    public static string Rule(IReadOnlyCollection<string> words) => words.Count == 2 ? string.Join(" or ", words) : $"one of {string.Join(", ", words)}";

    /// <summary>The name that was probably meant; nothing where none is near.</summary>
    public static string For(string written, IEnumerable<string> names) => Nearest.Of(written, names) is { } name ? $"; did you mean \"{name}\"?" : "";

    /// <summary>The name that was probably meant; all names where none is near.</summary>
    public static string OrAll(string written, IReadOnlyCollection<string> names) =>
        For(written, names) is { Length: > 0 } suggestion ? suggestion : $"; known are {string.Join(", ", names)}";
}
