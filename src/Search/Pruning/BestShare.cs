namespace FashionSweep.Search.Pruning;

/// <summary>Knows the worst of the best: how good the last place is, of those that a growing crowd offers.</summary>
/// <remarks>Two heaps that meet at the last place: an arrival takes O(log n), asking O(1).</remarks>
/// <param name="places">How many places a crowd of n has: at least 1, and at most one more than a crowd of n - 1.</param>
internal sealed class BestShare(Func<int, int> places)
{
    private static readonly Comparer<Arrival> WorstFirst = Comparer<Arrival>.Create((one, other) => other.CompareTo(one));

    private readonly PriorityQueue<int, Arrival> _best = new(WorstFirst);
    private readonly PriorityQueue<int, Arrival> _rest = new();

    public int Count { get; private set; }

    /// <summary>Who has the last place.</summary>
    /// <exception cref="InvalidOperationException">Nobody has arrived.</exception>
    public Arrival Last => _best.TryPeek(out _, out var last) ? last : throw new InvalidOperationException("Nobody has arrived.");

    public Arrival Add(double loss)
    {
        var arrival = new Arrival(loss, ++Count);
        _best.Enqueue(arrival.Order, arrival);
        Move(_best, _rest);
        if (_best.Count < places(Count)) Move(_rest, _best);
        return arrival;
    }

    private static void Move(PriorityQueue<int, Arrival> from, PriorityQueue<int, Arrival> to)
    {
        from.TryDequeue(out var order, out var arrival);
        to.Enqueue(order, arrival);
    }
}

/// <summary>One loss in its rank: of two equal ones the earlier is better.</summary>
internal readonly record struct Arrival(double Loss, int Order) : IComparable<Arrival>
{
    public int CompareTo(Arrival other) => Loss != other.Loss ? Loss.CompareTo(other.Loss) : Order.CompareTo(other.Order);
}
