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
    public async Task StartedAgainAfterAnyTimeItHasItsNodesBackAndNothingIsTrainedTwice()
    {
        _cluster.StartCoordinator();
        var node = _cluster.StartNode("a");
        await _cluster.ComesUpAsync();
        foreach (var (sweep, seconds) in new[] { ("blink", 0.1), ("short", 1), ("long", 8), ("longer", 20) }) await StayAwayAsync(sweep, seconds);
        node.ExitCodes.ShouldBeEmpty();
    }

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

    private async Task StayAwayAsync(string sweep, double seconds)
    {
        var file = _cluster.Fsweep.Write($"{sweep}.yaml", Sweeps.One(epochs: 4, sweep));
        _cluster.Fsweep.Hold();
        await _cluster.SubmitAsync(file);
        await _cluster.TrainsAsync(sweep, "a", epoch: 1);
        var lines = _cluster.Coordinator.Lines.Count;
        await EndCoordinatorAsync();
        await Task.Delay(TimeSpan.FromSeconds(seconds));

        var at = TimeProvider.System.GetUtcNow();
        _cluster.Coordinator.StartAgain();

        await _cluster.KnowsAsync("a", lines);
        var took = TimeProvider.System.GetUtcNow() - at;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"away for {seconds} s: its node is back {took.TotalSeconds:0.00} s after its start"));
        await _cluster.EndsAsync(sweep);
        _cluster.ShouldHaveTheResultsOf(file, sweep);
        _cluster.Read(store => store.Attempts(new TrialId(sweep, 1))).ShouldHaveSingleItem();
    }

    private async Task<(string File, Supervised Node)> StartAsync(int epochs)
    {
        var file = _cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs));
        _cluster.StartCoordinator();
        var node = _cluster.StartNode("a");
        await _cluster.ComesUpAsync();
        return (file, node);
    }

    private async Task EndCoordinatorAsync()
    {
        _cluster.Coordinator.IsKept = false;
        _cluster.Coordinator.Kill();
        await _cluster.Coordinator.EndsAsync();
    }
}
