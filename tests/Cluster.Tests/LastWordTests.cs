using System.Globalization;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Tests.Network;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>A node ends while it still has to bring something to its coordinator.</summary>
public sealed class LastWordTests : IDisposable
{
    private static readonly TrialId Trial = new("one", 1);

    private readonly LiveCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task ATrialWhoseNodeDiesWhileItUploadsTheCheckpointRunsElsewhere()
    {
        var file = _cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs: 4));
        var address = new Uri(_cluster.StartListeningCoordinator());
        using var way = new Relay(address.Port);
        var a = _cluster.StartNode("a", "--coordinator", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{way.Port}"));
        await _cluster.ComesUpAsync();
        await _cluster.SubmitAsync(file);
        await _cluster.TrainsAsync("one", "a", epoch: 1);
        way.Hold();
        await _cluster.TrainsAsync("one", "a", epoch: 4);
        await _cluster.StartNode("b").SaysAsync("joined");
        _cluster.Read(store => store.Find(Trial))!.State.ShouldBe(TrialState.Running);

        a.IsKept = false;
        a.Kill();

        await _cluster.EndsAsync("one");
        _cluster.ShouldHaveTheResultsOf(file, "one");
        _cluster.Read(store => store.Attempts(Trial)).Select(attempt => attempt.End).ShouldBe(["lost", "completed"]);
    }

    [Fact]
    public async Task ToldAgainANodeEndsAtOnce()
    {
        _cluster.StartCoordinator();
        var a = _cluster.StartNode("a");
        await _cluster.ComesUpAsync();
        _cluster.Coordinator.IsKept = a.IsKept = false;
        _cluster.Coordinator.Kill();

        // It would wait for the coordinator to take its goodbye.
        Signals.AskToEnd(a.Id);
        await Task.Delay(200);
        Signals.AskToEnd(a.Id);

        (await a.EndsAsync()).ShouldBe(130, a.ToString());
    }
}
