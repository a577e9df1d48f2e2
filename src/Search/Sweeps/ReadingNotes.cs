namespace FashionSweep.Search.Sweeps;

/// <summary>Gathers how a sweep file was understood where it doesn't say so itself.</summary>
internal sealed class ReadingNotes
{
    private readonly OrderedDictionary<string, string> _spellings = [];
    private readonly List<string> _passedOver = [];
    private readonly List<string> _others = [];

    /// <summary>One line for all names, one for all that is passed over, and one for each other thing.</summary>
    public IReadOnlyList<string> Lines =>
    [
        .. _spellings.Count > 0
            ? [$"read as the names used here: {string.Join(", ", _spellings.Select(pair => $"{pair.Key} → {pair.Value}"))}"]
            : Array.Empty<string>(),
        .. _passedOver.Count > 0 ? [$"passed over, for it means nothing here: {string.Join(", ", _passedOver)}"] : Array.Empty<string>(),
        .. _others,
    ];

    /// <summary>Another name was taken for the one that is used here.</summary>
    public void Spelled(string written, string meant) => _spellings.TryAdd(written, meant);

    public void PassedOver(string key) => _passedOver.Add(key);

    public void Add(string line) => _others.Add(line);
}
