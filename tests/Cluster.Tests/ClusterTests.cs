using FashionSweep.Shared.Tests.Transport;

namespace FashionSweep.Cluster.Tests;

[Collection(BrokerTests.Name)]
public sealed class ClusterTests(RabbitMqBroker broker)
{
    [Fact]
    public async Task ASweepOfAClusterHasTheResultsOfOneProcess()
    {
        using var cluster = new LiveCluster(broker);
        var file = cluster.Fsweep.Write("many.yaml", Sweeps.Many("many"));
        cluster.StartCoordinator();
        cluster.StartNode("a");
        cluster.StartNode("b");
        await cluster.ComesUpAsync();
        cluster.Submit(file);
        await cluster.EndsAsync("many");
        cluster.ShouldHaveTheResultsOf(file, "many");
    }
}
