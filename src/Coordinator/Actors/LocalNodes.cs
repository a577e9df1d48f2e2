using System.Globalization;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Actors;

/// <summary>Keeps a number of node processes running: one that dies is replaced under a new name.</summary>
/// <param name="attach">Connects a new process.</param>
/// <param name="giveUp">Told once why no node can be kept running.</param>
/// <param name="isEnding">Whether nodes that go are no longer replaced.</param>
public sealed class LocalNodes(INodeLauncher launcher, Action<NodeId, INodeProcess> attach, Action<string> giveUp, Func<bool> isEnding, TimeProvider time)
{
    // For each node that is wanted: many that are killed at once are no sign that none can live.
    private const int DeathsInARowPerNode = 5;

    private readonly Lock _gate = new();
    private readonly Dictionary<NodeId, INodeProcess> _running = [];
    private int _launched;
    private int _deathsInARow;
    private int _mostDeathsInARow;
    private bool _closed;

    /// <summary>They are numbered from 1, in the order in which they are started.</summary>
    public static NodeId NameOf(int number) => new(string.Create(CultureInfo.InvariantCulture, $"node-{number}"));

    public void Start(int count)
    {
        lock (_gate)
        {
            _mostDeathsInARow = DeathsInARowPerNode * count;
            for (var node = 0; node < count && !_closed; node++) Launch();
        }
    }

    /// <summary>Learns from what happens in the sweep: which nodes work, and which are frozen.</summary>
    public void Observe(SweepEvent happened)
    {
        lock (_gate)
        {
            if (happened is SweepEvent.EpochEnded) _deathsInARow = 0;
            // Lost by silence, it may be frozen; lost by its end, there is nothing left to kill.
            if (happened is SweepEvent.NodeLost lost && _running.TryGetValue(lost.Node, out var node)) node.Kill();
        }
    }

    /// <summary>Waits until all nodes, which were told to leave, are gone; kills those that don't go.</summary>
    public Task EndAsync()
    {
        lock (_gate)
        {
            _closed = true;
            // Tells one that was started too late to hear it otherwise.
            foreach (var node in _running.Values) node.CloseInput();
            return Task.WhenAll(_running.Values.Select(process => process.EndAsync(time)));
        }
    }

    private void Launch()
    {
        var node = NameOf(++_launched);
        try
        {
            var process = launcher.Launch(node);
            _running[node] = process;
            _ = WatchAsync(node, process, Attach(node, process));
        }
        catch (NodesException fault)
        {
            GiveUp(fault.Message);
        }
    }

    /// <returns>Why it could not be connected; null where it was.</returns>
    private string? Attach(NodeId node, INodeProcess process)
    {
        try
        {
            attach(node, process);
            return null;
        }
        catch (Exception fault)
        {
            // One that nobody can speak with is as good as dead.
            process.Kill();
            return $"it could not be connected: {fault.Message}";
        }
    }

    private async Task WatchAsync(NodeId node, INodeProcess process, string? unconnected)
    {
        var exitCode = await process.Exited;
        lock (_gate)
        {
            _running.Remove(node);
            if (!_closed && !isEnding()) Replace(exitCode, unconnected ?? process.LastWords);
        }
    }

    private void Replace(int exitCode, string lastWords)
    {
        if (exitCode == NodeExit.WrongConfiguration) GiveUp(lastWords.Length > 0 ? lastWords : NodeExit.Describe(exitCode, lastWords));
        else if (++_deathsInARow < _mostDeathsInARow) Launch();
        else GiveUp($"{_mostDeathsInARow} nodes in a row ended before an epoch was done; the last with {NodeExit.Describe(exitCode, lastWords)}");
    }

    private void GiveUp(string reason)
    {
        _closed = true;
        giveUp(reason);
    }
}
