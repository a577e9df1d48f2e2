using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Transport.RabbitMq;

namespace FashionSweep.Shared.Tests.Transport;

[Collection(BrokerTests.Name)]
public sealed class RabbitMqTransportTests(RabbitMqBroker broker) : TransportContract, IAsyncLifetime
{
    private readonly RabbitMqOptions _options = broker.Options();
    private RabbitMqCoordinatorTransport _coordinator = null!;

    protected override ICoordinatorTransport Coordinator => _coordinator;

    protected override Type NameIsTaken => typeof(BrokerException);

    public async ValueTask InitializeAsync() => _coordinator = await RabbitMqCoordinatorTransport.ConnectAsync(_options, _ => { }, CancellationToken.None);

    protected override INodeTransport Open(NodeId node) =>
        RabbitMqNodeTransport.ConnectAsync(_options, node, _ => { }, CancellationToken.None).GetAwaiter().GetResult();
}
