using System.Numerics;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Links;

/// <summary>
/// The coordinator's end of its links with nodes. Each process's news are passed on once and in their order, and confirmed when they are stored. Reads no
/// clock: a coordinator that was frozen takes nobody for silent.
/// </summary>
/// <param name="coordinator">Which coordinator this is: a node that has joined another one's cluster is no peer of this.</param>
public sealed class LinkTable(long coordinator)
{
    /// <summary>How long a node whose connection broke has to say a word over another one.</summary>
    public static readonly TimeSpan DoubtPatience = TimeSpan.FromSeconds(1.5);

    // Words of a process that has ended may still be on their way; not as many as these, one after each hello of its successor.
    private const int SignsOfLife = 3;

    // Each is named once; whoever makes names up is not followed for ever.
    private const int MostStrangers = 1000;

    private readonly Dictionary<NodeId, Link> _links = [];
    private readonly Dictionary<string, Link> _byPeer = [];
    private readonly HashSet<string> _strangers = [];
    private readonly List<LinkEffect> _effects = [];
    private long _refused;
    private long _words;

    /// <summary>How much came that was no word of this protocol. From any thread.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public IReadOnlyList<LinkEffect> On(LinkMessage message)
    {
        _effects.Clear();
        switch (message)
        {
            case LinkMessage.Heard { Word: NodeWord.Hello hello } heard: Meet(heard.Peer, hello); break;
            case LinkMessage.Heard heard: Hear(heard.Peer, heard.Word); break;
            case LinkMessage.Garbled garbled: Refuse(garbled); break;
            case LinkMessage.Broken broken: if (_byPeer.GetValueOrDefault(broken.Peer) is { } doubtful) Doubt(doubtful); break;
            case LinkMessage.Dead dead: if (_byPeer.GetValueOrDefault(dead.Peer) is { } known) Lose(known, "its process is gone"); break;
            case LinkMessage.DoubtOver over: EndDoubt(over); break;
            case LinkMessage.Ended ended: End(ended); break;
            case LinkMessage.Saved saved: Confirm(saved); break;
            case LinkMessage.Order order: Order(order); break;
            case LinkMessage.Part part: if (_links.GetValueOrDefault(part.Node) is { } parted) Unlink(parted); break;
            default: throw new InvalidOperationException($"Links do not know {message}.");
        }
        return [.. _effects];
    }

    private void Meet(string peer, NodeWord.Hello hello)
    {
        if (hello.Coordinator != coordinator)
        {
            Send(peer, new CoordinatorWord.Unknown());
            return;
        }
        var link = _links.GetValueOrDefault(hello.Node);
        if (link is not null && link.Process != hello.Process)
        {
            if (IsTaken(link, peer, hello.Process)) return;
            link = null;
        }
        if (link is null) _links[hello.Node] = link = new Link(hello.Node, hello.Process) { Saved = hello.First - 1 };
        // Never back: a hello may stand behind news that it does not know to be taken, and the node forgets them.
        link.Last = Math.Max(link.Last, hello.First - 1);
        if (link.Peer != peer)
        {
            Unlink(link);
            link.Ordered = 0;
        }
        (link.Peer, link.Doubt) = (peer, 0);
        _byPeer[peer] = link;
        Send(peer, new CoordinatorWord.Welcome());
    }

    // Who has a name keeps it as long as he is there: he says so within a few seconds. Until he has, or is lost, the other one is not answered.
    private bool IsTaken(Link link, string peer, string rival)
    {
        if (link.Peer is null || link.Doubt > 0)
        {
            Lose(link, "another process came under its name");
            return false;
        }
        if (link.Rival != rival) (link.Rival, link.SignsOfLife) = (rival, 0);
        else if (link.HasSpokenSince) link.SignsOfLife++;
        link.HasSpokenSince = false;
        if (link.SignsOfLife >= SignsOfLife)
            Send(peer, new CoordinatorWord.Refused($"A node named {link.Node} is connected already: give this one another --name."));
        return true;
    }

    private void Hear(string peer, NodeWord word)
    {
        if (_links.GetValueOrDefault(word.Node) is not { Peer: not null } link || link.Process != word.Process)
        {
            Send(peer, new CoordinatorWord.Unknown());
            return;
        }
        (link.Doubt, link.HasSpokenSince) = (0, true);
        _words++;
        switch (word)
        {
            case NodeWord.News news: Take(link, news); break;
            case NodeWord.Leaving leaving: TakeLeave(link, leaving); break;
            case NodeWord.Alive:
                _effects.Add(new LinkEffect.Pass(link.Node, link.Process, 0, new ToCoordinator.NodeAlive(link.Node)));
                Confirm(link);
                break;
            default: throw new InvalidOperationException($"Links do not know {word}.");
        }
    }

    private void Take(Link link, NodeWord.News news)
    {
        var number = news.First;
        var taken = 0;
        foreach (var message in news.Messages)
        {
            if (number++ != link.Last + 1) continue;
            link.Last++;
            taken++;
            _effects.Add(new LinkEffect.Pass(link.Node, link.Process, link.Last, message));
        }
        if (taken == 0) Confirm(link);
    }

    private void TakeLeave(Link link, NodeWord.Leaving leaving)
    {
        if (leaving.Number != link.Last + 1)
        {
            Confirm(link);
            return;
        }
        link.Last++;
        link.Leaves = true;
        _effects.Add(new LinkEffect.Gone(link.Node, link.Process, link.Last, "The node has left.", HasLeft: true));
    }

    private void Confirm(LinkMessage.Saved saved)
    {
        if (_links.GetValueOrDefault(saved.Node) is not { } link || link.Process != saved.Process) return;
        link.Saved = Math.Max(link.Saved, saved.Number);
        Confirm(link);
        if (link.Leaves && link.Saved == link.Last) Remove(link);
    }

    private void Confirm(Link link)
    {
        if (link.Peer is { } peer) Send(peer, new CoordinatorWord.Saved(link.Saved, link.Ordered));
    }

    private void Order(LinkMessage.Order order)
    {
        if (_links.GetValueOrDefault(order.Node) is not { Peer: { } peer } link) return;
        foreach (var part in order.Messages.Chunk(CoordinatorWord.Orders.Most))
        {
            link.Ordered++;
            Send(peer, new CoordinatorWord.Orders(part));
        }
    }

    // Each attempt to connect again that fails breaks anew: the time runs from the first.
    private void Doubt(Link link)
    {
        if (link.Doubt > 0) return;
        (link.Doubt, link.WordsBefore) = (++link.Doubts, _words);
        _effects.Add(new LinkEffect.Doubt(link.Node, link.Doubt, DoubtPatience));
    }

    // While nobody else is heard it may be the coordinator that is cut off, and there is nobody to work in the node's place.
    private void EndDoubt(LinkMessage.DoubtOver over)
    {
        if (_links.GetValueOrDefault(over.Node) is not { } link || link.Doubt != over.Doubt) return;
        if (link.WordsBefore == _words) _effects.Add(new LinkEffect.Doubt(link.Node, link.Doubt, DoubtPatience));
        else Lose(link, "its connection is gone");
    }

    private void End(LinkMessage.Ended ended)
    {
        if (_links.GetValueOrDefault(ended.Node) is not { } link) return;
        Lose(link, ended.Reason);
        Remove(link);
    }

    private void Lose(Link link, string reason)
    {
        if (link.Peer is null) return;
        if (!link.Leaves) _effects.Add(new LinkEffect.Gone(link.Node, link.Process, 0, reason, HasLeft: false));
        Unlink(link);
    }

    private void Unlink(Link link)
    {
        if (link.Peer is not { } peer) return;
        (link.Peer, link.Doubt) = (null, 0);
        _byPeer.Remove(peer);
        _effects.Add(new LinkEffect.Down(peer));
    }

    private void Remove(Link link)
    {
        _links.Remove(link.Node);
        if (link.Peer is not { } peer) return;
        _byPeer.Remove(peer);
        _effects.Add(new LinkEffect.Release(peer));
    }

    private void Refuse(LinkMessage.Garbled garbled)
    {
        var refused = Interlocked.Increment(ref _refused);
        if (garbled.OtherVersion is { } version)
        {
            var ours = $"protocol {WordFormat.Version} (fsweep {Release.Version})";
            if (_strangers.Count < MostStrangers && _strangers.Add(garbled.Peer))
                _effects.Add(new LinkEffect.Tell($"{garbled.Peer} speaks protocol {version}, this coordinator {ours}: install the same fsweep on both"));
            Send(garbled.Peer, new CoordinatorWord.Refused(
                $"the coordinator speaks {ours}, this node speaks protocol {version}: install the same fsweep on both"));
        }
        // A flood of them must not become a flood of lines.
        else if (BitOperations.IsPow2(refused)) _effects.Add(new LinkEffect.Tell($"refused {refused} messages up to now, the last: {garbled.Reason}"));
    }

    private void Send(string peer, CoordinatorWord word) => _effects.Add(new LinkEffect.Send(peer, word));

    private sealed class Link(NodeId node, string process)
    {
        public NodeId Node => node;

        public string Process => process;

        /// <summary>Null while the node is lost: its numbers are kept, it may come back.</summary>
        public string? Peer { get; set; }

        public long Last { get; set; }

        public long Saved { get; set; }

        /// <summary>How many orders went to its peer.</summary>
        public long Ordered { get; set; }

        public bool Leaves { get; set; }

        /// <summary>Which doubt it is in, from 1; 0: in none.</summary>
        public int Doubt { get; set; }

        public int Doubts { get; set; }

        /// <summary>How many words of nodes had come when it began.</summary>
        public long WordsBefore { get; set; }

        /// <summary>A process that came under the same name, and was not answered yet.</summary>
        public string? Rival { get; set; }

        /// <summary>Since that one's last hello.</summary>
        public bool HasSpokenSince { get; set; }

        /// <summary>Behind how many of that one's hellos it has spoken.</summary>
        public int SignsOfLife { get; set; }
    }
}
