using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Actors;

/// <summary>Starts node processes.</summary>
public interface INodeLauncher
{
    /// <exception cref="NodesException">The process can't be started.</exception>
    INodeProcess Launch(NodeId node);
}

/// <summary>A node's process, which may have ended.</summary>
public interface INodeProcess
{
    /// <summary>Its first line tells the node how to join; its end, that nobody is left to work for.</summary>
    TextWriter Input { get; }

    /// <summary>Completes with the exit code, when all that the process wrote to stderr was read. Never fails.</summary>
    Task<int> Exited { get; }

    /// <summary>The last that it wrote to stderr.</summary>
    string LastWords { get; }

    /// <summary>Ends it at once, frozen or not; a no-op when it has ended.</summary>
    void Kill();
}

/// <summary>No node can be kept running; the message says why, in the words of the node if it had any.</summary>
public sealed class NodesException(string message) : UserException(message);
