namespace FashionSweep.Coordinator.Names;

/// <summary>Finds what a mistyped name was meant to be.</summary>
internal static class Nearest
{
    private const int LongestCompared = 64;

    /// <summary>A suggestion to append to a message, or nothing where no name is near.</summary>
    public static string Suggestion(string written, IEnumerable<string> names) =>
        Of(written, names) is { } name ? $"; did you mean \"{name}\"?" : "";

    /// <summary>A suggestion, or all names where none is near.</summary>
    public static string SuggestionOrAll(string written, IReadOnlyCollection<string> names) =>
        Suggestion(written, names) is { Length: > 0 } suggestion ? suggestion : $"; known are {string.Join(", ", names)}";

    /// <summary>The name at the smallest distance, capitals aside, if at most a third of the letters differ.</summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        if (written.Length is 0 or > LongestCompared) return null;
        return names
            .Select(name => (Name: name, Distance: Distance(written.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= (written.Length + 2) / 3)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours (Damerau 1964, Wagner and Fischer 1974).</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) cost[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        return cost[a.Length, b.Length];
    }
}
