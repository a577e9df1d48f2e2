using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;

namespace FashionSweep.Shared.Tests.Transport;

public sealed class ChannelTransportTests : TransportContract
{
    private readonly ChannelTransport _coordinator = new();

    protected override ICoordinatorTransport Coordinator => _coordinator;

    protected override INodeTransport Open(NodeId node) => _coordinator.Connect(node);
}
