namespace FashionSweep.Shared.Parameters;

/// <summary>A word that a hyperparameter may have as its value.</summary>
/// <param name="OtherNames">Words that sweep files write for it.</param>
public sealed record Word(string Name, params IReadOnlyList<string> OtherNames)
{
    /// <summary>What another name alone doesn't say.</summary>
    public string? Remark { get; init; }

    /// <summary>The word with what is to be said about it where another name stood for it.</summary>
    public string Explained => Remark is null ? Name : $"{Name} ({Remark})";

    /// <summary>All that stands for it, without what makes no difference.</summary>
    public IEnumerable<string> Spellings => OtherNames.Prepend(Name).Select(Spelling.Plain);

    public static implicit operator Word(string name) => new(name);
}

/// <summary>How names are compared: capitals, -, _, . and blanks make no difference.</summary>
public static class Spelling
{
    private static readonly string[] SmallWords = ["a", "each", "every", "for", "in", "of", "per", "the"];

    /// <summary>A name without what makes no difference.</summary>
    public static string Plain(string written) => string.Concat(written.Where(letter => letter is not ('-' or '_' or '.' or ' '))).ToLowerInvariant();

    /// <summary>The same without small words: <c>size of every hidden layer</c> is <c>size_hidden_layer</c>.</summary>
    public static string Terse(string written) => string.Concat(
        written.ToLowerInvariant().Split(['-', '_', '.', ' '], StringSplitOptions.RemoveEmptyEntries).Where(word => !SmallWords.Contains(word)));
}
