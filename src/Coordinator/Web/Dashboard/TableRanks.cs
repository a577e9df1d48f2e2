using FashionSweep.Coordinator.Results;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>The ranks of a sweep's configurations, kept in order while some of them change.</summary>
internal sealed class TableRanks
{
    // Of more at once it costs less to sort all.
    private const int Few = 64;

    private readonly List<Place> _order = [];
    private readonly Dictionary<int, (Place Place, int Trials)> _known = [];
    private readonly List<Place> _new = [];
    private Dictionary<int, int>? _firsts;

    /// <summary>Counts when all that changes has been put in, and <see cref="Sort"/> was called.</summary>
    /// <param name="place">Null where it is not ranked.</param>
    /// <param name="trials">So many it has.</param>
    public void Put(int configuration, Place? place, int trials)
    {
        if (_known.Remove(configuration, out var before)) _order.RemoveAt(_order.BinarySearch(before.Place));
        if (place is not { } now) return;
        _known[configuration] = (now, trials);
        _new.Add(now);
    }

    public void Sort()
    {
        foreach (var place in _new)
        {
            if (_new.Count > Few) _order.Add(place);
            else _order.Insert(~_order.BinarySearch(place), place);
        }
        if (_new.Count > Few) _order.Sort();
        _new.Clear();
        _firsts = null;
    }

    /// <returns>Among the configurations, from 1; null where it is not ranked.</returns>
    public int? RankOf(int configuration) => _known.TryGetValue(configuration, out var known) ? _order.BinarySearch(known.Place) + 1 : null;

    /// <returns>The place of its first trial among all trials of ranked ones, from 1; null where it is not ranked.</returns>
    public int? FirstOf(int configuration) => (_firsts ??= Firsts()).TryGetValue(configuration, out var first) ? first : null;

    private Dictionary<int, int> Firsts()
    {
        var (firsts, next) = (new Dictionary<int, int>(_order.Count), 1);
        foreach (var place in _order)
        {
            firsts.Add(place.Number, next);
            next += _known[place.Number].Trials;
        }
        return firsts;
    }
}
