using System.Collections.Concurrent;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Tests.Actors;

/// <summary>Launches processes that live and die as the test says.</summary>
internal sealed class FakeNodes : INodeLauncher
{
    public ConcurrentDictionary<string, FakeNode> All { get; } = new();

    public string? Fault { get; set; }

    public INodeProcess Launch(NodeId node) => Fault is null ? All[node.Name] = new FakeNode() : throw new NodesException(Fault);
}

// Continuations run at once: when Exit returns, what follows from it has happened.
internal sealed class FakeNode : INodeProcess
{
    private readonly TaskCompletionSource<int> _exited = new();

    public TextWriter Input => TextWriter.Null;

    public Task<int> Exited => _exited.Task;

    public string LastWords { get; private set; } = "";

    public bool IsRunning => !_exited.Task.IsCompleted;

    public void Exit(int code, string lastWords = "")
    {
        LastWords = lastWords;
        _exited.TrySetResult(code);
    }

    public void Kill() => Exit(137);
}
