using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>
/// Makes of deliveries, which may come more than once, what a node said, once; and knows which of them are open. Pure, and for one thread at a time.
/// </summary>
/// <typeparam name="TDelivery">What is needed to acknowledge one.</typeparam>
internal sealed class DeliveryLedger<TDelivery>
    where TDelivery : class
{
    private readonly Dictionary<NodeId, Session> _sessions = [];
    private readonly HashSet<string> _ended = [];
    private readonly Queue<Place> _open = [];
    private readonly Dictionary<Stamp, Place> _openByStamp = [];

    /// <summary>The last stamps of the nodes that are there.</summary>
    public IEnumerable<Stamp> Present => _sessions.Values.Where(session => !session.IsLost).Select(session => session.Last);

    /// <summary>What waits to be acknowledged.</summary>
    public IEnumerable<TDelivery> Open => _open.Select(open => open.Delivery).OfType<TDelivery>();

    /// <param name="messages">Of a <see cref="StampKind.Message"/>, one or more.</param>
    /// <returns>What it tells, perhaps nothing; and whether it is done with already, as a repeat of what has been acknowledged.</returns>
    public (IReadOnlyList<FromNode> Told, bool IsDone) Receive(Stamp stamp, IReadOnlyList<ToCoordinator> messages, TDelivery delivery)
    {
        if (_openByStamp.TryGetValue(stamp, out var open))
        {
            // The connection over which it came first can't acknowledge it any more: this one will.
            open.Delivery = delivery;
            return ([], false);
        }
        var told = Tell(stamp, messages);
        if (told.Count == 0) return (told, true);
        foreach (var _ in told.SkipLast(1)) _open.Enqueue(new Place(null));
        var last = new Place(stamp) { Delivery = delivery };
        _open.Enqueue(last);
        _openByStamp.Add(stamp, last);
        return (told, false);
    }

    /// <summary>Something that no delivery brought was told: it counts among what is acknowledged.</summary>
    public void Pass() => _open.Enqueue(new Place(null));

    /// <returns>What the broker may forget now.</returns>
    public IReadOnlyList<TDelivery> Acknowledge(int count)
    {
        var done = new List<TDelivery>();
        for (; count > 0 && _open.TryDequeue(out var open); count--)
        {
            if (open is not { Stamp: { } stamp, Delivery: { } delivery }) continue;
            _openByStamp.Remove(stamp);
            done.Add(delivery);
        }
        return done;
    }

    private List<FromNode> Tell(Stamp stamp, IReadOnlyList<ToCoordinator> messages)
    {
        if (_ended.Contains(stamp.Session)) return [];
        var known = _sessions.GetValueOrDefault(stamp.Node);
        return known is not null && known.Last.Session == stamp.Session ? GoOn(known, stamp, messages) : Begin(known, stamp, messages);
    }

    private List<FromNode> Begin(Session? earlier, Stamp stamp, IReadOnlyList<ToCoordinator> messages)
    {
        if (stamp.Kind == StampKind.ConnectionLost) return [];
        var told = new List<FromNode>();
        if (earlier is not null) _ended.Add(earlier.Last.Session);
        if (earlier is { IsLost: false }) told.Add(new FromNode.Disconnected(stamp.Node, "Another process has come under its name."));
        var session = _sessions[stamp.Node] = new Session(stamp with { Sequence = 0 });
        told.AddRange(GoOn(session, stamp, messages));
        return told;
    }

    private List<FromNode> GoOn(Session session, Stamp stamp, IReadOnlyList<ToCoordinator> messages)
    {
        var isOldConnection = session.IsLost ? stamp.Connection <= session.Last.Connection : stamp.Connection < session.Last.Connection;
        if (stamp.Kind == StampKind.ConnectionLost)
        {
            if (isOldConnection) return [];
            session.IsLost = true;
            return [new FromNode.Disconnected(stamp.Node, "Its connection to the broker is gone.")];
        }
        if (stamp.Sequence <= session.Last.Sequence || isOldConnection) return [];
        var wasLost = session.IsLost;
        (session.Last, session.IsLost) = (stamp, false);
        if (stamp.Kind == StampKind.Message) return [.. messages.Select(message => new FromNode.Said(stamp.Node, message))];
        _ended.Add(stamp.Session);
        _sessions.Remove(stamp.Node);
        return wasLost ? [] : [new FromNode.Disconnected(stamp.Node, "The node has left.", HasLeft: true)];
    }

    private sealed class Session(Stamp last)
    {
        public Stamp Last { get; set; } = last;

        public bool IsLost { get; set; }
    }

    private sealed record Place(Stamp? Stamp)
    {
        public TDelivery? Delivery { get; set; }
    }
}
