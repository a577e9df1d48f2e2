namespace FashionSweep.Search.Names;

/// <summary>Finds the name that was probably meant.</summary>
public static class Nearest
{
    // A name may be as long as its file, and comparing it takes as much again for each candidate.
    private const int Longest = 64;

    /// <returns>The candidate with the fewest edits from <paramref name="name"/>; null where none is near enough to be a typo.</returns>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        if (name.Length > Longest) return null;
        var most = Math.Max(1, name.Length / 3);
        return candidates.Where(candidate => Math.Abs(candidate.Length - name.Length) <= most)
            .Select(candidate => (Name: candidate, Edits: Distance(name, candidate))).Where(pair => pair.Edits <= most)
            .OrderBy(pair => pair.Edits).FirstOrDefault().Name;
    }

    /// <returns>As <see cref="Of"/>, of those alone that mean the same but for a slip: with the same digits, and the same beginning.</returns>
    public static string? Slip(string name, IEnumerable<string> candidates) =>
        Of(name, candidates.Where(candidate => Digits(candidate).SequenceEqual(Digits(name)) && BeginsAlike(candidate, name)));

    private static IEnumerable<char> Digits(string name) => name.Where(char.IsAsciiDigit);

    private static bool BeginsAlike(string one, string other)
    {
        var (first, second) = (one.ToLowerInvariant(), other.ToLowerInvariant());
        return first.Length > 1 && second.Length > 1 && (first[0] == second[0] || (first[0] == second[1] && first[1] == second[0]));
    }

    // Edits are one letter added, left out or changed, or two neighbours swapped: Damerau's measure in its restricted form.
    private static int Distance(string from, string to)
    {
        var edits = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++) edits[i, 0] = i;
        for (var j = 0; j <= to.Length; j++) edits[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = edits[i - 1, j - 1] + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                edits[i, j] = Math.Min(changed, 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) edits[i, j] = Math.Min(edits[i, j], 1 + edits[i - 2, j - 2]);
            }
        }
        return edits[from.Length, to.Length];
    }
}
