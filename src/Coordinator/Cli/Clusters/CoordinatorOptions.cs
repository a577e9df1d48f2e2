using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Transport.RabbitMq;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary>What a cluster's coordinator works with.</summary>
/// <param name="Web">Where it listens for the network; null: nowhere.</param>
internal sealed record CoordinatorOptions(StoreFolder Store, RabbitMqOptions Broker, WebOptions? Web);
