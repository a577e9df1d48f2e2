using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Simulation.Tests;

/// <summary>
/// What lies between nodes and their coordinator: words of one connection come in their order or not at all, after any delay; connections break, hang on one
/// side, and are made anew; and what is shut out of a cluster says nothing more.
/// </summary>
internal sealed class SimulatedNetwork(SimulatedCluster cluster)
{
    private static readonly TimeSpan BreaksAfter = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan TriesEvery = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, Peer> _peers = [];
    private readonly Dictionary<NodeId, Way> _ways = [];

    /// <summary>From its first to its last second, how long a word takes.</summary>
    public required (double Least, double Most) Delay { get; init; }

    /// <summary>Whether words go through the bytes that they are on the wire.</summary>
    public required bool IsEncoded { get; init; }

    private VirtualClock Clock => cluster.Clock;

    private Chance Chance => cluster.Chance;

    /// <summary>A node makes another membership, which looks for the coordinator.</summary>
    public Peer Join(SimulatedNode node, int membership)
    {
        var peer = new Peer(node, membership, WayOf(node.Id));
        _peers.Add(peer.Name, peer);
        var time = cluster.Befalls(Mishap.MembershipTakesLong) ? cluster.Trouble(Chance.Seconds(1, 40)) : Chance.Seconds(0.025, 0.3);
        Clock.After(time, () =>
        {
            Tell(peer, new UplinkMessage.Made(membership));
            TryToMeet(peer);
        });
        return peer;
    }

    /// <summary>A membership is thrown away by its node.</summary>
    public void End(Peer peer) => Close(peer, isSeen: true);

    /// <param name="isSeen">Whether its system closes its connections; else the machine has gone with it.</param>
    public void EndAll(SimulatedNode node, bool isSeen)
    {
        foreach (var peer in PeersOf(node.Id).Where(peer => peer.Node == node).ToList()) Close(peer, isSeen);
    }

    public void SendUp(Peer peer, NodeWord word)
    {
        cluster.Trace?.Invoke($"{peer.Name} → {word}");
        if (peer.IsShutOut || !IsReached(peer)) return;
        var sent = IsEncoded ? WordFormat.DecodeNodeWord(WordFormat.Encode(word)) : word;
        peer.Up.Send(this, () => cluster.Coordinator?.Hear(new LinkMessage.Heard(peer.Name, sent)));
    }

    public void SendDown(string name, CoordinatorWord word)
    {
        cluster.Trace?.Invoke($"{name} ← {word}");
        if (!_peers.TryGetValue(name, out var peer) || peer.IsShutOut) return;
        var sent = IsEncoded ? WordFormat.DecodeCoordinatorWord(WordFormat.Encode(word)) : word;
        peer.Down.Send(this, () => Tell(peer, new UplinkMessage.Heard(peer.Membership, sent)));
    }

    /// <summary>Whose membership it is; null where there is none.</summary>
    public SimulatedNode? NodeOf(string peer) => _peers.GetValueOrDefault(peer)?.Node;

    /// <summary>A membership is put out of the cluster: it says nothing more, and mostly it learns of it.</summary>
    public void ShutOut(string name)
    {
        if (!_peers.TryGetValue(name, out var peer) || peer.IsShutOut) return;
        peer.IsShutOut = true;
        // What was on its way may still come.
        if (Chance.Is(0.5)) peer.Up.Clear();
        // It may have to find out by the silence.
        cluster.Trouble(Uplink.Silence);
        if (!Chance.Is(0.8)) peer.Down.Clear();
        else peer.Down.Send(this, () => Tell(peer, new UplinkMessage.Broken(peer.Membership, "it was put out of the cluster")));
    }

    /// <summary>All words that are on their way are lost, and the coordinator learns that some may be.</summary>
    public void Break(NodeId node)
    {
        foreach (var peer in PeersOf(node)) Break(peer);
    }

    /// <summary>Words wait, in one direction or both, until the way is open again or their connection counts as broken.</summary>
    public void Cut(NodeId node, bool up, bool down, TimeSpan time)
    {
        var (way, until) = (WayOf(node), Clock.Now + time);
        if (up && until > way.UpOpens) way.UpOpens = until;
        if (down && until > way.DownOpens) way.DownOpens = until;
        for (var at = BreaksAfter; at < time; at += TriesEvery)
            Clock.After(at, () =>
            {
                foreach (var peer in PeersOf(node)) Break(peer);
            });
        if (time > BreaksAfter && Chance.Is(0.3)) Clock.After(time, () => ShutOut(PeersOf(node).LastOrDefault()?.Name ?? ""));
    }

    /// <summary>One side goes on to speak into a connection that is gone on the other.</summary>
    public void HalfOpen(NodeId node, bool up, TimeSpan time)
    {
        foreach (var peer in PeersOf(node))
        {
            var lane = up ? peer.Up : peer.Down;
            lane.IsVoid = true;
            Clock.After(time, () =>
            {
                lane.IsVoid = false;
                Break(peer);
            });
        }
    }

    /// <summary>The coordinator's process has ended: what was on its way to or from it is lost.</summary>
    public void LoseAll()
    {
        foreach (var peer in _peers.Values) peer.Clear();
    }

    private Way WayOf(NodeId node)
    {
        if (!_ways.TryGetValue(node, out var way)) _ways.Add(node, way = new Way());
        return way;
    }

    private IEnumerable<Peer> PeersOf(NodeId node) => _peers.Values.Where(peer => peer.Node.Id == node && !peer.IsOver);

    private void TryToMeet(Peer peer)
    {
        if (peer.IsOver || peer.IsShutOut || !peer.Node.IsAlive) return;
        var isOpen = peer.Way.UpOpens <= Clock.Now && peer.Way.DownOpens <= Clock.Now;
        if (cluster.Coordinator is { IsFrozen: false } coordinator && isOpen)
        {
            peer.Coordinator = coordinator.Uid;
            Tell(peer, new UplinkMessage.Met(peer.Membership, coordinator.Uid));
        }
        else Clock.After(Chance.Seconds(0.3, 1), () => TryToMeet(peer));
    }

    // A later coordinator listens at the same address: what was meant for the one before may reach it.
    private bool IsReached(Peer peer) => cluster.Coordinator is { } coordinator && (peer.Coordinator == coordinator.Uid || Chance.Is(0.8));

    private void Close(Peer peer, bool isSeen)
    {
        if (peer.IsOver) return;
        peer.IsOver = true;
        if (isSeen)
        {
            // Behind the last word. Whoever connects again is refused.
            peer.Up.Send(this, () => TellOfBreak(peer));
            Clock.After(Chance.Seconds(0.3, 1.1), () => peer.Up.Send(this, () => cluster.Coordinator?.Hear(new LinkMessage.Dead(peer.Name))));
        }
        else
        {
            peer.Clear();
            Clock.After(BreaksAfter, () => TellOfBreak(peer));
        }
        Clock.After(TimeSpan.FromMinutes(2), () => _peers.Remove(peer.Name));
    }

    private void Break(Peer peer)
    {
        peer.Clear();
        TellOfBreak(peer);
    }

    private void TellOfBreak(Peer peer) => cluster.Coordinator?.Hear(new LinkMessage.Broken(peer.Name));

    private static void Tell(Peer peer, UplinkMessage message)
    {
        if (!peer.IsOver) peer.Node.Hear(message);
    }

    /// <summary>The way between a node's machine and the coordinator's: when each of its directions is open.</summary>
    internal sealed class Way
    {
        public TimeSpan UpOpens { get; set; }

        public TimeSpan DownOpens { get; set; }
    }

    /// <summary>A membership of a node, and its connection with the coordinator.</summary>
    internal sealed class Peer(SimulatedNode node, int membership, Way way)
    {
        public SimulatedNode Node => node;

        public int Membership => membership;

        public Way Way => way;

        public string Name { get; } = $"{node.Process}/{membership}";

        public Lane Up { get; } = new(() => way.UpOpens);

        public Lane Down { get; } = new(() => way.DownOpens);

        /// <summary>Whose cluster it has joined; 0 as long as it has not.</summary>
        public long Coordinator { get; set; }

        public bool IsShutOut { get; set; }

        public bool IsOver { get; set; }

        public void Clear()
        {
            Up.Clear();
            Down.Clear();
        }
    }

    /// <summary>One direction of a connection.</summary>
    internal sealed class Lane(Func<TimeSpan> opens)
    {
        private readonly Queue<Action> _words = [];
        private TimeSpan _last;
        private int _generation;

        /// <summary>Nothing arrives, and nobody knows.</summary>
        public bool IsVoid { get; set; }

        public void Send(SimulatedNetwork network, Action arrive)
        {
            if (IsVoid) return;
            var at = network.Clock.Now + network.Chance.Seconds(network.Delay.Least, network.Delay.Most);
            _last = at > _last ? at : _last;
            _words.Enqueue(arrive);
            Await(network, _last, _generation);
        }

        public void Clear()
        {
            _words.Clear();
            _generation++;
        }

        // As many times as there are words.
        private void Await(SimulatedNetwork network, TimeSpan at, int generation) => network.Clock.At(at, () =>
        {
            if (generation != _generation) return;
            if (opens() > network.Clock.Now) Await(network, opens(), generation);
            else _words.Dequeue()();
        });
    }
}
