using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>The coordinator dies, at each of the states that its sweep can be in.</summary>
public sealed class CoordinatorDeathTests(ITestOutputHelper output) : IDisposable
{
    private const int Epochs = 6;

    private static readonly TrialId Trial = new("one", 1);

    private readonly LiveCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task KilledRightAfterItHasStoredAStartItGoesOn()
    {
        var (file, node) = await StartAsync(epochs: 2);
        Signals.Freeze(node.Id);
        await _cluster.SubmitAsync(file);
        await _cluster.AttemptAsync(Trial, attempt => attempt.Lease.Attempt == 1);

        _cluster.Coordinator.Kill();

        Signals.Thaw(node.Id);
        await _cluster.EndsAsync("one");
        _cluster.ShouldHaveTheResultsOf(file, "one");
    }

    [Fact]
    public async Task KilledWhileNodesTrainItGoesOnByItselfAndTheyTrainOn()
    {
        var (file, node) = await StartAsync(Epochs);
        using var watch = _cluster.Fsweep.Start("submit", file, "--watch");
        await _cluster.TrainsAsync("one", "a", epoch: 1);
        var lines = _cluster.Coordinator.Lines.Count;

        var at = TimeProvider.System.GetUtcNow();
        _cluster.Coordinator.Kill();

        var before = _cluster.Read(store => store.Epochs(Trial, 1).Count);
        await _cluster.Coordinator.SaysAsync("goes on with one", lines);
        await Eventually.HoldsAsync(() => _cluster.Read(store => store.Epochs(Trial, 1).Count) > before, LiveCluster.Patience, _cluster.ToString);
        var took = TimeProvider.System.GetUtcNow() - at;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the sweep goes on {took.TotalSeconds:0.00} s after the signal"));
        // 5 s where programs get to run at once, as benchmarks/cluster measures it, and what a busy machine adds to the start of one.
        took.ShouldBeLessThan(TimeSpan.FromSeconds(120));
        await _cluster.EndsAsync("one");
        _cluster.ShouldHaveTheResultsOf(file, "one");
        _cluster.Read(store => store.Attempts(Trial)).ShouldHaveSingleItem();
        node.ExitCodes.ShouldBeEmpty();
        var watched = watch.WaitForEnd();
        watched.ExitCode.ShouldBe(0, watched.ToString());
        watched.Output.ShouldContain("Winner: one/1");
    }

    [Fact]
    public Task StartedAgainAfterAnyTimeItHasItsNodesBackAndNothingIsTrainedTwice() => Task.WhenAll(new[] { 0.1, 1, 8, 20 }.Select(StayAwayAsync));

    [Fact]
    public async Task AResultThatWaitsAtItsNodeCountsAndAnEndedSweepStaysEnded()
    {
        var (file, node) = await StartAsync(epochs: 4);
        await _cluster.SubmitAsync(file);
        await _cluster.TrainsAsync("one", "a", epoch: 1);
        await EndCoordinatorAsync();
        await node.SaysAsync("completed epochs=4");

        _cluster.Coordinator.StartAgain();

        await _cluster.EndsAsync("one");
        _cluster.ShouldHaveTheResultsOf(file, "one");
        _cluster.Read(store => store.Attempts(Trial)).ShouldHaveSingleItem();

        // Its end was the last that it stored.
        var lines = _cluster.Coordinator.Lines.Count;
        _cluster.Coordinator.Kill();
        await _cluster.Coordinator.SaysAsync("no sweep is in work", lines);
        _cluster.Read(store => store.Attempts(Trial)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ASecondOneIsRefusedByTheStoreAndAtTheAddress()
    {
        _cluster.StartCoordinator();
        await _cluster.Coordinator.SaysAsync("joined by nodes at");

        var onTheStore = _cluster.Fsweep.Run("coordinator", "--cluster-address", "127.0.0.1:1");
        var atTheAddress = _cluster.Fsweep.Run("coordinator", "--cluster-address", _cluster.Address, "--store", "another");

        onTheStore.ExitCode.ShouldBe(2, onTheStore.ToString());
        onTheStore.Errors.ShouldContain($"in use by process {_cluster.Coordinator.Id}, fsweep coordinator");
        atTheAddress.ExitCode.ShouldBe(2, atTheAddress.ToString());
        atTheAddress.Errors.ShouldContain($"{_cluster.Address} is taken: another coordinator is there");
        atTheAddress.Errors.ShouldNotContain("   at ");
        _cluster.Coordinator.ExitCodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task OneThatCantStartAgainLeavesTheNodesAlone()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (file, node) = await StartAsync(epochs: 4);
        await _cluster.SubmitAsync(file);
        await _cluster.TrainsAsync("one", "a", epoch: 1);
        await EndCoordinatorAsync();

        var listening = _cluster.Fsweep.Run([.. _cluster.CoordinatorArguments, "--listen", $"http://{taken.LocalEndpoint}"]);

        listening.ExitCode.ShouldBe(2, listening.ToString());
        listening.Errors.ShouldContain("--listen is ");
        _cluster.Coordinator.StartAgain();
        await _cluster.EndsAsync("one");
        _cluster.Read(store => store.Attempts(Trial)).ShouldHaveSingleItem();
        node.ExitCodes.ShouldBeEmpty();
    }

    // Side by side: most of it is waiting.
    private async Task StayAwayAsync(double seconds)
    {
        using var cluster = new LiveCluster();
        var (file, node) = await StartAsync(cluster, Epochs);
        await cluster.SubmitAsync(file);
        await cluster.TrainsAsync("one", "a", epoch: 1);
        var lines = cluster.Coordinator.Lines.Count;
        await EndCoordinatorAsync(cluster);
        await Task.Delay(TimeSpan.FromSeconds(seconds));

        var at = TimeProvider.System.GetUtcNow();
        cluster.Coordinator.StartAgain();

        await cluster.KnowsAsync("a", lines);
        var took = TimeProvider.System.GetUtcNow() - at;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"away for {seconds} s: its node is back {took.TotalSeconds:0.00} s after its start"));
        await cluster.EndsAsync("one");
        cluster.ShouldHaveTheResultsOf(file, "one");
        cluster.Read(store => store.Attempts(Trial)).ShouldHaveSingleItem();
        node.ExitCodes.ShouldBeEmpty();
    }

    private Task<(string File, Supervised Node)> StartAsync(int epochs) => StartAsync(_cluster, epochs);

    private static async Task<(string File, Supervised Node)> StartAsync(LiveCluster cluster, int epochs)
    {
        var file = cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs));
        cluster.StartCoordinator();
        var node = cluster.StartNode("a");
        await cluster.ComesUpAsync();
        return (file, node);
    }

    private Task EndCoordinatorAsync() => EndCoordinatorAsync(_cluster);

    private static async Task EndCoordinatorAsync(LiveCluster cluster)
    {
        cluster.Coordinator.IsKept = false;
        cluster.Coordinator.Kill();
        await cluster.Coordinator.EndsAsync();
    }
}
