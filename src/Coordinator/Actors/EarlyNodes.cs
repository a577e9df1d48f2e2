using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Actors;

/// <summary>Starts nodes before anybody asks for them, since they take longest to be ready; those that nobody has asked for end with it.</summary>
internal sealed class EarlyNodes : INodeLauncher, IDisposable
{
    private readonly INodeLauncher _launcher;
    private readonly Dictionary<NodeId, INodeProcess> _waiting = [];

    public EarlyNodes(INodeLauncher launcher, int count)
    {
        _launcher = launcher;
        try
        {
            for (var number = 1; number <= count; number++) _waiting.Add(LocalNodes.NameOf(number), launcher.Launch(LocalNodes.NameOf(number)));
        }
        catch (NodesException)
        {
            // Whoever asks for it is told.
        }
    }

    public INodeProcess Launch(NodeId node) => _waiting.Remove(node, out var process) ? process : _launcher.Launch(node);

    public void Dispose()
    {
        foreach (var process in _waiting.Values) process.Kill();
    }
}
