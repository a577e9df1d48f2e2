using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Trials;

namespace FashionSweep.TrainerNode;

/// <summary>What a node is told on its command line and by its environment. Made by <see cref="NodeCommandLine"/>, which checks all of it.</summary>
/// <param name="Checkpoints">Folder to write them into; with <paramref name="Remote"/> a cache of this process's own.</param>
/// <param name="Data">The data set's folder, or null for the usual places.</param>
/// <param name="Kernels">auto, onednn or managed.</param>
/// <param name="Engines">The node's own among them.</param>
/// <param name="Cluster">Whose coordinator it works for. Null: it was started by <c>fsweep run</c>, which says so on stdin.</param>
/// <param name="Remote">Where checkpoints go; null: the folder is shared with the coordinator.</param>
public sealed record NodeOptions(
    string Name, int Slots, string Checkpoints, string? Data, string Kernels, EngineSet Engines,
    ClusterAccess? Cluster = null, CoordinatorAddress? Remote = null);

/// <summary>The node can't start as it was told to; the message says why, one fault a line. The program ends with exit code 2.</summary>
public sealed class StartException(string message, Exception? inner = null) : UserException(message, inner)
{
    public override bool IsWrongInput => true;
}
