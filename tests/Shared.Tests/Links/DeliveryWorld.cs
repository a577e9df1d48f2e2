using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Tests.Links;

/// <summary>Nodes, a coordinator with a store, and a network between them in which anything may go wrong that the protocol allows for.</summary>
internal sealed class DeliveryWorld(int seed)
{
    private readonly Random _chance = new(seed);
    private readonly Dictionary<string, Member> _members = [];
    private readonly Dictionary<string, (Queue<NodeWord> Up, Queue<CoordinatorWord> Down)> _ways = [];
    private readonly Queue<(NodeId Node, string Process, long Number)> _passed = [];
    private readonly Dictionary<string, long> _expected = [];
    private readonly Dictionary<string, long> _stored = [];
    private readonly HashSet<(NodeId Node, int Doubt)> _doubts = [];
    private LinkTable _links = new(1);
    private long _coordinator = 1;
    private int _processes;
    private TimeSpan _now;

    public void Happen(int steps)
    {
        for (var node = 0; node < 3; node++) Start($"n{node}");
        for (var step = 0; step < steps; step++) Step();
    }

    /// <summary>From here on nothing goes wrong any more, and all nodes leave in the end.</summary>
    public void Heal()
    {
        foreach (var member in _members.Values) member.Do(this, new UplinkMessage.Leave());
        for (var round = 0; _members.Values.Any(member => !member.HasLeft); round++)
        {
            round.ShouldBeLessThan(200, $"seed {seed}: {string.Join(", ", _members.Values.Select(member => $"{member.Process} keeps {member.Uplink.Kept}"))}");
            Pass();
            foreach (var (peer, (up, down)) in _ways.ToList())
            {
                while (up.Count > 0) Up(peer);
                while (down.Count > 0) Down(peer);
            }
            while (_passed.Count > 0) Save();
            foreach (var doubt in _doubts.ToList()) EndDoubt(doubt);
        }
        foreach (var member in _members.Values) _stored[member.Process].ShouldBe(member.Said, $"seed {seed}: {member.Process}");
    }

    private void Step()
    {
        var member = Any(_members.Values);
        switch (_chance.Next(24))
        {
            case < 5: Say(member); break;
            case < 8: Pass(); break;
            case < 14: Deliver(); break;
            case < 17: if (_passed.Count > 0) Save(); break;
            case 17: Lose(); break;
            case 18: Repeat(); break;
            case 19: Break(member.Peer); break;
            case 20: member.Do(this, new UplinkMessage.Broken(member.Membership, "broken")); break;
            case 21 when _chance.Next(4) == 0: RestartCoordinator(); break;
            case 22 when _chance.Next(4) == 0: RestartNode(member); break;
            case 23 when _doubts.Count > 0: EndDoubt(Any(_doubts)); break;
            default: if (_chance.Next(4) == 0) Tell(new LinkMessage.Part(member.Id)); break;
        }
    }

    private void Start(string name)
    {
        var member = new Member(new NodeId(name), $"{name}-{++_processes}");
        _members[name] = member;
        member.Do(this, new UplinkMessage.Begin());
    }

    private void Say(Member member)
    {
        member.Said++;
        member.Do(this, new UplinkMessage.Say(new ToCoordinator.NodeAlive(new NodeId($"{member.Process}:{member.Said}"))));
    }

    // Some time: one that is frozen has all of it at once.
    private void Pass()
    {
        _now += TimeSpan.FromSeconds(_chance.Next(20) == 0 ? 9 : 0.25);
        foreach (var member in _members.Values)
        {
            if (!member.HasMet)
            {
                member.Do(this, new UplinkMessage.Made(member.Membership));
                member.Do(this, new UplinkMessage.Met(member.Membership, _coordinator));
            }
            member.Do(this, new UplinkMessage.Tick());
        }
    }

    private void Deliver()
    {
        var (peer, (up, down)) = Any(_ways);
        if (up.Count > 0 && _chance.Next(2) == 0) Up(peer);
        else if (down.Count > 0) Down(peer);
    }

    private void Up(string peer) => Tell(new LinkMessage.Heard(peer, _ways[peer].Up.Dequeue()));

    private void Down(string peer)
    {
        var word = _ways[peer].Down.Dequeue();
        if (_members.Values.FirstOrDefault(member => member.Peer == peer) is { } member) member.Do(this, new UplinkMessage.Heard(member.Membership, word));
    }

    private void Lose()
    {
        var (up, down) = Any(_ways.Values);
        if (_chance.Next(2) == 0) up.TryDequeue(out _);
        else down.TryDequeue(out _);
    }

    // As if it came over an older connection as well.
    private void Repeat()
    {
        var (up, down) = Any(_ways.Values);
        if (up.TryPeek(out var word)) up.Enqueue(word);
        if (down.TryPeek(out var answer)) down.Enqueue(answer);
    }

    private void Break(string peer)
    {
        var (up, down) = _ways[peer];
        up.Clear();
        down.Clear();
        Tell(new LinkMessage.Broken(peer));
    }

    // What is on its way through an old connection reaches the new one.
    private void RestartCoordinator()
    {
        _passed.Clear();
        _expected.Clear();
        _doubts.Clear();
        _links = new LinkTable(++_coordinator);
    }

    // None of its connections is left, those of memberships that it gave up included.
    private void RestartNode(Member member)
    {
        Start(member.Id.Name);
        foreach (var peer in _ways.Keys.Where(peer => peer.StartsWith($"{member.Process}/", StringComparison.Ordinal)).ToList())
        {
            Break(peer);
            if (peer == member.Peer) Tell(new LinkMessage.Dead(peer));
        }
    }

    private void Save()
    {
        var (node, process, number) = _passed.Dequeue();
        var stored = _stored.GetValueOrDefault(process);
        number.ShouldBeLessThanOrEqualTo(stored + 1, $"seed {seed}: news of {process} are missing");
        _stored[process] = Math.Max(stored, number);
        Tell(new LinkMessage.Saved(node, process, number));
    }

    private void EndDoubt((NodeId Node, int Number) doubt)
    {
        _doubts.Remove(doubt);
        Tell(new LinkMessage.DoubtOver(doubt.Node, doubt.Number));
    }

    private void Tell(LinkMessage message)
    {
        foreach (var effect in _links.On(message))
        {
            switch (effect)
            {
                case LinkEffect.Send send: _ways[send.Peer].Down.Enqueue(send.Word); break;
                case LinkEffect.Pass { Number: 0 }: break;
                case LinkEffect.Pass pass: Hear(pass.Node, pass.Process, pass.Number); break;
                case LinkEffect.Gone { Number: > 0 } gone: Hear(gone.Node, gone.Process, gone.Number); break;
                case LinkEffect.Down down: Cut(down.Peer); break;
                case LinkEffect.Doubt doubt: _doubts.Add((doubt.Node, doubt.Number)); break;
            }
        }
    }

    private void Hear(NodeId node, string process, long number)
    {
        // Again, where another process had its name for a moment; with a gap never.
        if (_expected.TryGetValue(process, out var expected)) number.ShouldBeLessThanOrEqualTo(expected, $"seed {seed}: {process} out of turn");
        _expected[process] = number + 1;
        _passed.Enqueue((node, process, number));
    }

    private void Cut(string peer)
    {
        _ways[peer].Up.Clear();
        _ways[peer].Down.Clear();
    }

    private T Any<T>(IEnumerable<T> all) => all.ElementAt(_chance.Next(all.Count()));

    private sealed class Member(NodeId id, string process)
    {
        public NodeId Id => id;

        public string Process => process;

        public Uplink Uplink { get; } = new(id, process);

        public int Membership { get; private set; }

        public string Peer => $"{process}/{Membership}";

        public bool HasMet { get; private set; }

        public bool HasLeft { get; private set; }

        /// <summary>How many news it has told, its leaving included.</summary>
        public long Said { get; set; }

        public void Do(DeliveryWorld world, UplinkMessage message)
        {
            if (message is UplinkMessage.Leave) Said++;
            if (message is UplinkMessage.Met) HasMet = true;
            foreach (var effect in Uplink.On(message, world._now))
            {
                switch (effect)
                {
                    case UplinkEffect.Renew renew:
                        (Membership, HasMet) = (renew.Membership, false);
                        world._ways.Add(Peer, ([], []));
                        break;
                    case UplinkEffect.Send send: world._ways[Peer].Up.Enqueue(send.Word); break;
                    case UplinkEffect.Left: HasLeft = true; break;
                    case UplinkEffect.Refused refused: throw new InvalidOperationException($"{Process}: {refused.Reason}");
                }
            }
        }
    }
}
