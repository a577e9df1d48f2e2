using FashionSweep.Shared.Tests.Transport;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>The store can't be written, from the start or all at once; and trials that hang.</summary>
[Collection(BrokerTests.Name)]
public sealed class StoreFaultTests(RabbitMqBroker broker) : IDisposable
{
    private readonly LiveCluster _cluster = new(broker);

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task ATrialThatHangsIsStoppedAndTriedAgainAndThenGivenUp()
    {
        _cluster.StartCoordinator();
        _cluster.StartNode("a");
        await _cluster.ComesUpAsync();

        _cluster.Submit(_cluster.Fsweep.Write("hanging.yaml", Sweeps.Hanging));

        await _cluster.EndsAsync("hanging");
        var trial = _cluster.Read(store => store.Trials("hanging")).ShouldHaveSingleItem();
        (trial.State, trial.Attempt).ShouldBe((TrialState.Failed, 2));
        trial.Reason.ShouldBe("no epoch ended for 0.2 s, its epoch_timeout (failed 2 times)");
    }
}
