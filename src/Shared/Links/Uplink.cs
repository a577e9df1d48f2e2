using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Links;

/// <summary>
/// A node's end of its link with the coordinator, for the life of its process. Whatever it is given to say it keeps until the coordinator has saved it;
/// whenever the link is in doubt it has a new membership made, and goes on over that one.
/// </summary>
/// <param name="process">See <see cref="NodeWord.Process"/>.</param>
public sealed class Uplink(NodeId node, string process)
{
    /// <summary>How often it says that it is there, or hello.</summary>
    public static readonly TimeSpan AlivePace = TimeSpan.FromSeconds(1);

    /// <summary>How soon it says again that it is there where that was not answered: a coordinator that is gone, or another one, is found by it.</summary>
    public static readonly TimeSpan AgainPace = TimeSpan.FromMilliseconds(350);

    /// <summary>How long nothing is heard until the link is in doubt.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(6);

    /// <summary>
    /// How long a membership has to be welcomed once it is made, on top of the time that this took: one that hangs on a connection that is half dead never is,
    /// and on a machine with much else to do nothing is quick, least of all what is begun anew.
    /// </summary>
    public static readonly TimeSpan WelcomePatience = TimeSpan.FromSeconds(8);

    /// <summary>How long nothing is saved until it is said again.</summary>
    public static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(1);

    /// <summary>How long nobody answers until a user should know of it.</summary>
    public static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(10);

    // What may be on its way: enough for a commit of the coordinator, and no more than it should hold for each node.
    private const int Window = 256;

    // Null is the news that it goes, which nothing follows.
    private readonly Queue<ToCoordinator?> _kept = [];
    private readonly List<UplinkEffect> _effects = [];
    private long _first = 1;
    private long _sent;
    private long _ordered;
    private int _membership;
    private long? _coordinator;
    private bool _isWelcome;
    private bool _isLeaving;
    private bool _hasEnded;
    private bool _isDoubted;
    private bool _hasSaidUnanswered;
    private TimeSpan _since;
    private TimeSpan _renewed;
    private TimeSpan? _made;
    private TimeSpan _heard;
    private TimeSpan _spoke;
    private TimeSpan _moved;

    /// <summary>How much it keeps that is not known to be saved.</summary>
    public int Kept => _kept.Count;

    /// <param name="now">Of a clock that nobody sets; while the process is frozen it goes on.</param>
    public IReadOnlyList<UplinkEffect> On(UplinkMessage message, TimeSpan now)
    {
        if (_hasEnded) return [];
        _effects.Clear();
        switch (message)
        {
            case UplinkMessage.Begin: Begin(now); break;
            case UplinkMessage.Say said: Keep(said.Message, now); break;
            case UplinkMessage.Leave: Leave(now); break;
            case UplinkMessage.Made made when made.Membership == _membership: _made = now; break;
            case UplinkMessage.Met met when met.Membership == _membership: Meet(met.Coordinator, now); break;
            case UplinkMessage.Heard heard when heard.Membership == _membership: Hear(heard.Word, now); break;
            case UplinkMessage.Broken broken when broken.Membership == _membership: Doubt(broken.Why, now); break;
            case UplinkMessage.Made or UplinkMessage.Met or UplinkMessage.Heard or UplinkMessage.Broken: break;
            case UplinkMessage.Tick: Tick(now); break;
            default: throw new InvalidOperationException($"An uplink does not know {message}.");
        }
        return [.. _effects];
    }

    private void Begin(TimeSpan now)
    {
        _since = now;
        Renew(now);
    }

    private void Renew(TimeSpan now)
    {
        (_membership, _coordinator, _isWelcome, _ordered, _renewed, _made) = (_membership + 1, null, false, 0, now, null);
        _effects.Add(new UplinkEffect.Renew(_membership));
    }

    private void Doubt(string why, TimeSpan now)
    {
        // Of a membership that never was one there is nothing to tell.
        if (_isWelcome)
        {
            (_isDoubted, _hasSaidUnanswered, _since) = (true, false, now);
            _effects.Add(new UplinkEffect.Doubted(why));
        }
        Renew(now);
    }

    private void Keep(ToCoordinator message, TimeSpan now)
    {
        if (_isLeaving) return;
        _kept.Enqueue(message);
        Flush(now);
    }

    private void Leave(TimeSpan now)
    {
        if (_isLeaving) return;
        _isLeaving = true;
        _kept.Enqueue(null);
        Flush(now);
    }

    private void Meet(long coordinator, TimeSpan now)
    {
        if (_coordinator == coordinator) return;
        // A membership belongs to one coordinator.
        if (_coordinator is not null)
        {
            Doubt("another coordinator has taken its place", now);
            return;
        }
        _coordinator = coordinator;
        SayHello(now);
    }

    private void SayHello(TimeSpan now)
    {
        _spoke = now;
        _effects.Add(new UplinkEffect.Send(new NodeWord.Hello(node, process, _coordinator!.Value, _first)));
    }

    private void Hear(CoordinatorWord word, TimeSpan now)
    {
        _heard = now;
        switch (word)
        {
            case CoordinatorWord.Welcome: if (!_isWelcome) BeWelcome(now); break;
            case CoordinatorWord.Saved saved:
                FindLost(saved.Ordered);
                Forget(saved.Number, now);
                break;
            case CoordinatorWord.Orders orders:
                _ordered++;
                foreach (var order in orders.Messages) _effects.Add(new UplinkEffect.Deliver(order));
                break;
            case CoordinatorWord.Unknown: Doubt("the coordinator does not know it", now); break;
            case CoordinatorWord.Refused refused:
                _hasEnded = true;
                _effects.Add(new UplinkEffect.Refused(refused.Reason));
                break;
            default: throw new InvalidOperationException($"An uplink does not know {word}.");
        }
    }

    // What is kept comes first: the node's account of what it holds counts after it.
    private void BeWelcome(TimeSpan now)
    {
        (_isWelcome, _isDoubted, _sent) = (true, false, _first - 1);
        _effects.Add(new UplinkEffect.Linked());
        Flush(now);
        if (!_isLeaving) _effects.Add(new UplinkEffect.Deliver(new ToNode.Announce()));
    }

    // Words come in their order, or are lost with a connection: the coordinator finds what got lost by what the node holds.
    private void FindLost(long ordered)
    {
        if (ordered <= _ordered) return;
        _ordered = ordered;
        if (_isWelcome && !_isLeaving) _effects.Add(new UplinkEffect.Deliver(new ToNode.Announce()));
    }

    private void Forget(long saved, TimeSpan now)
    {
        if (saved >= _first) _moved = now;
        for (; _first <= saved && _kept.Count > 0; _first++) _kept.Dequeue();
        if (_isLeaving && _kept.Count == 0)
        {
            _hasEnded = true;
            _effects.Add(new UplinkEffect.Left());
            return;
        }
        Flush(now);
    }

    private void Flush(TimeSpan now)
    {
        if (!_isWelcome) return;
        _sent = Math.Max(_sent, _first - 1);
        var until = Math.Min(_first + Window, _first + _kept.Count);
        // The time runs from the first that is on its way: what is said behind it does not put off that it is said again.
        if (_sent + 1 == _first) _moved = now;
        while (_sent + 1 < until)
        {
            var next = _kept.Skip((int)(_sent + 1 - _first)).Take((int)Math.Min(NodeWord.News.Most, until - _sent - 1));
            var news = next.TakeWhile(message => message is not null).OfType<ToCoordinator>().ToList();
            _effects.Add(new UplinkEffect.Send(
                news.Count == 0 ? new NodeWord.Leaving(node, process, _sent + 1) : new NodeWord.News(node, process, _sent + 1, news)));
            _sent += Math.Max(1, news.Count);
        }
    }

    private void Tick(TimeSpan now)
    {
        if (!_isWelcome) Knock(now);
        else if (now - _heard >= Silence) Doubt($"nothing was heard of the coordinator for {Silence.TotalSeconds:0} s", now);
        else
        {
            if (now - _spoke >= (_heard >= _spoke ? AlivePace : AgainPace))
            {
                _spoke = now;
                _effects.Add(new UplinkEffect.Send(new NodeWord.Alive(node, process)));
            }
            if (_kept.Count == 0 || now - _moved < RepeatAfter) return;
            _sent = _first - 1;
            Flush(now);
        }
    }

    private void Knock(TimeSpan now)
    {
        if (!_hasSaidUnanswered && now - _since >= AnswerPatience)
        {
            _hasSaidUnanswered = true;
            _effects.Add(new UplinkEffect.Unanswered(now - _since));
        }
        if (_made is { } made && now - made >= made - _renewed + WelcomePatience) Renew(now);
        else if (_coordinator is not null && now - _spoke >= AlivePace) SayHello(now);
    }
}
