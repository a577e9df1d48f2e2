using System.Text.Json.Serialization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Protocol;

/// <summary>What the coordinator orders a node to do.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(StartTrial), "start_trial")]
[JsonDerivedType(typeof(StopTrial), "stop_trial")]
[JsonDerivedType(typeof(Leave), "leave")]
[JsonDerivedType(typeof(Drain), "drain")]
[JsonDerivedType(typeof(Announce), "announce")]
public abstract record ToNode
{
    public sealed record StartTrial(Lease Lease, TrialSpec Spec) : ToNode;

    /// <summary>Answered with <see cref="ToCoordinator.TrialEnded"/>, at the latest after the batch in work.</summary>
    public sealed record StopTrial(Lease Lease) : ToNode;

    /// <summary>Stop what runs and end the process.</summary>
    public sealed record Leave : ToNode;

    /// <summary>Start nothing more, finish what runs, then end the process.</summary>
    public sealed record Drain : ToNode;

    /// <summary>Say again what you are and hold, with <see cref="ToCoordinator.NodeJoined"/>: the connection is a new one, or the coordinator.</summary>
    public sealed record Announce : ToNode;
}
