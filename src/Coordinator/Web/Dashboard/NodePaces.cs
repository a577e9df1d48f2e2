using FashionSweep.Coordinator.Records;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>How many trials nodes have ended of late, as far as this coordinator has seen it. One thread at a time.</summary>
/// <param name="since">When it began to look.</param>
internal sealed class NodePaces(DateTimeOffset since)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Queue<(DateTimeOffset At, string Node)> _ended = new();

    public void On(SweepEvent happened)
    {
        if (happened is SweepEvent.TrialFinished { Lease.Node.Name: var node, At: var at }) _ended.Enqueue((at, node));
        while (_ended.TryPeek(out var first) && first.At < happened.At - Window) _ended.Dequeue();
    }

    /// <summary>By node; of one that has ended none there is nothing.</summary>
    public IReadOnlyDictionary<string, NodePace> At(DateTimeOffset now)
    {
        var from = now - since > Window ? now - Window : since;
        var seconds = Math.Round((now - from).TotalSeconds);
        return _ended.Where(trial => trial.At >= from).CountBy(trial => trial.Node).ToDictionary(node => node.Key, node => new NodePace(node.Value, seconds));
    }
}

/// <param name="Trials">That it has ended, however they did.</param>
/// <param name="Seconds">In so many, up to now.</param>
internal sealed record NodePace(int Trials, double Seconds);
