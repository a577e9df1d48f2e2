using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Cluster;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary>What a cluster's coordinator works with.</summary>
/// <param name="At">Where nodes join it.</param>
/// <param name="Files">Its certificate and who signs its nodes'; null: the cluster is not encrypted.</param>
/// <param name="Plugins">What it takes of those that are submitted.</param>
/// <param name="Web">Where it listens for the network; null: nowhere.</param>
internal sealed record CoordinatorOptions(StoreFolder Store, ClusterAddress At, ClusterFiles? Files, WebOptions? Web, PluginRules Plugins);
