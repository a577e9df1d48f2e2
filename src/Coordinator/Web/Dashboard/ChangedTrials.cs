namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>Which trials have changed since they were read, of the sweeps that are followed. Never held for long, from whichever thread.</summary>
internal sealed class ChangedTrials
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<int>> _numbers = [];

    /// <summary>Before they are read.</summary>
    public void Follow(string sweep)
    {
        lock (_gate) _numbers[sweep] = [];
    }

    public void Leave(string sweep)
    {
        lock (_gate) _numbers.Remove(sweep);
    }

    public void Add(string sweep, IEnumerable<int> numbers)
    {
        lock (_gate)
            if (_numbers.TryGetValue(sweep, out var known)) known.UnionWith(numbers);
    }

    /// <summary>They are about to be read.</summary>
    public IReadOnlyCollection<int> Take(string sweep)
    {
        lock (_gate)
        {
            if (!_numbers.TryGetValue(sweep, out var known) || known.Count == 0) return [];
            _numbers[sweep] = [];
            return known;
        }
    }
}
