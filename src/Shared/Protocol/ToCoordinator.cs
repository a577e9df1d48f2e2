using System.Text.Json.Serialization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Protocol;

/// <summary>What nodes tell the coordinator.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(NodeJoined), "node_joined")]
[JsonDerivedType(typeof(NodeAlive), "node_alive")]
[JsonDerivedType(typeof(EpochReported), "epoch_reported")]
[JsonDerivedType(typeof(TrialEnded), "trial_ended")]
public abstract record ToCoordinator
{
    /// <summary>The first message of a node, and again after each reconnection.</summary>
    /// <param name="Held">The leases that it still works on.</param>
    /// <param name="IsDraining">It starts nothing more, and goes when these have ended.</param>
    public sealed record NodeJoined(NodeDescription Node, IReadOnlyList<Lease> Held, bool IsDraining = false) : ToCoordinator;

    /// <summary>Sent at a steady pace: a node that has gone silent has lost its leases.</summary>
    public sealed record NodeAlive(NodeId Node) : ToCoordinator;

    public sealed record EpochReported(Lease Lease, EpochReport Report) : ToCoordinator;

    /// <summary>The one terminal message of a lease.</summary>
    public sealed record TrialEnded(Lease Lease, TrialOutcome Outcome) : ToCoordinator;
}

/// <param name="Slots">How many trials it trains at once.</param>
/// <param name="Kernels">As in <see cref="TrialEnvironment"/>.</param>
/// <param name="Version">As <see cref="Release.Version"/>.</param>
/// <param name="Runtime">As <c>.NET 10.0.1</c>.</param>
/// <param name="Host">The machine's name.</param>
/// <param name="Engines">That it trains by; null where it says nothing of it, and has the product's own alone.</param>
public sealed record NodeDescription(
    NodeId Id, int Slots, string Kernels, string Processor, int ProcessId, string? Version = null, string? Runtime = null, string? Host = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EngineSet? Engines = null)
{
    /// <summary>More than the cores of any machine, and few enough to be shown one by one.</summary>
    public const int MostSlots = 1024;

    /// <summary>More than there are.</summary>
    public const int MostEngines = 16;

    public bool Has(string engine) => (Engines ?? EngineSet.NativeAlone).Has(engine);
}
