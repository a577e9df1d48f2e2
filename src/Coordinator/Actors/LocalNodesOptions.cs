using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Actors;

/// <summary>The nodes on this machine: how many, and what each is told.</summary>
/// <param name="Slots">Of each node.</param>
/// <param name="Checkpoints">The folder into which they write them.</param>
/// <param name="Data">The folder of the data set; null where each looks for itself.</param>
/// <param name="Kernels">Their name, or how to choose them.</param>
/// <param name="Engines">That each has.</param>
public sealed record LocalNodesOptions(int Nodes, int Slots, string Checkpoints, string? Data, string Kernels, EngineSet Engines);
