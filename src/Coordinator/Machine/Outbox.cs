using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Machine;

/// <summary>What the machines of a cluster decide upon one message, in order.</summary>
internal sealed class Outbox
{
    private List<ClusterEffect> _effects = [];

    public DateTimeOffset Now { get; private set; }

    public void Open(DateTimeOffset now) => (Now, _effects) = (now, []);

    public IReadOnlyList<ClusterEffect> Take() => _effects;

    public void Save(SweepEvent happened) => _effects.Add(new ClusterEffect.Save(happened));

    public void Send(NodeId node, ToNode message) => _effects.Add(new ClusterEffect.Send(node, message));

    public void Set(ClusterTimer timer, TimeSpan after) => _effects.Add(new ClusterEffect.SetTimer(timer, after));

    public void Add(ClusterEffect effect) => _effects.Add(effect);
}
