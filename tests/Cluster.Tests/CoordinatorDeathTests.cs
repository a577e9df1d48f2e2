using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>The coordinator dies, at each of the states that its sweep can be in.</summary>
[Collection(nameof(StandingCluster))]
public sealed class CoordinatorDeathTests(StandingCluster standing, ITestOutputHelper output)
{
    private readonly LiveCluster _cluster = standing.Cluster;

    [Fact]
    public async Task KilledRightAfterItHasStoredAStartItGoesOn()
    {
        string file;
        // The test before may have ended while its node was on the way back, and one that stands still never gets there.
        await _cluster.HasAsync("a");
        Signals.Freeze(standing.Node.Id);
        try
        {
            (file, var trial) = await standing.SubmitAsync("stored", epochs: 2);
            await _cluster.AttemptAsync(trial, attempt => attempt.Lease.Attempt == 1);

            _cluster.Coordinator.Kill();
        }
        finally
        {
            Signals.Thaw(standing.Node.Id);
        }
        await _cluster.EndsAsync("stored");
        _cluster.ShouldHaveTheResultsOf(file, "stored");
    }

    [Fact]
    public async Task KilledWhileNodesTrainItGoesOnByItselfAndTheyTrainOn()
    {
        var (file, trial) = (standing.Write("watched", epochs: 6), new TrialId("watched", 1));
        using var watch = _cluster.Fsweep.Start("submit", file, "--watch");
        await _cluster.TrainsAsync("watched", "a", epoch: 1);
        var lines = _cluster.Coordinator.Lines.Count;

        var at = TimeProvider.System.GetUtcNow();
        _cluster.Coordinator.Kill();

        var before = _cluster.Read(store => store.Epochs(trial, 1).Count);
        await _cluster.Coordinator.SaysAsync("goes on with watched", lines);
        await Eventually.HoldsAsync(() => _cluster.Read(store => store.Epochs(trial, 1).Count) > before, LiveCluster.Patience, _cluster.ToString);
        var took = TimeProvider.System.GetUtcNow() - at;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the sweep goes on {took.TotalSeconds:0.00} s after the signal"));
        // 5 s where programs get to run at once, as benchmarks/cluster measures it, and what a busy machine adds to the start of one.
        took.ShouldBeLessThan(TimeSpan.FromSeconds(120));
        await _cluster.EndsAsync("watched");
        _cluster.ShouldHaveTheResultsOf(file, "watched");
        ShouldHaveBeenTrainedOnce(trial);
        var watched = watch.WaitForEnd();
        watched.ExitCode.ShouldBe(0, watched.ToString());
        watched.Output.ShouldContain("Winner: watched/1");
    }

    [Theory]
    [InlineData("blink", 0.1)]
    [InlineData("short", 1)]
    [InlineData("long", 8)]
    [InlineData("longer", 20)]
    public async Task StartedAgainAfterAnyTimeItHasItsNodesBackAndNothingIsTrainedTwice(string sweep, double seconds)
    {
        var (file, trial) = await standing.TrainAsync(sweep, epochs: 4);
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
        ShouldHaveBeenTrainedOnce(trial);
    }

    [Fact]
    public async Task AResultThatWaitsAtItsNodeCountsAndAnEndedSweepStaysEnded()
    {
        var told = standing.Node.Lines.Count;
        var (file, trial) = await standing.TrainAsync("waiting", epochs: 4);
        await EndCoordinatorAsync();
        await standing.Node.SaysAsync("completed epochs=4", told);

        _cluster.Coordinator.StartAgain();

        await _cluster.EndsAsync("waiting");
        _cluster.ShouldHaveTheResultsOf(file, "waiting");
        ShouldHaveBeenTrainedOnce(trial);

        // Its end was the last that it stored.
        var lines = _cluster.Coordinator.Lines.Count;
        _cluster.Coordinator.Kill();
        await _cluster.Coordinator.SaysAsync("no sweep is in work", lines);
        ShouldHaveBeenTrainedOnce(trial);
    }

    [Fact]
    public async Task ASecondOneIsRefusedByTheStoreAndAtTheAddress()
    {
        await _cluster.AnswersAsync();
        var ended = _cluster.Coordinator.ExitCodes.Count;

        var onTheStore = _cluster.Fsweep.Run("coordinator", "--cluster-address", "127.0.0.1:1");
        var atTheAddress = _cluster.Fsweep.Run("coordinator", "--cluster-address", _cluster.Address, "--store", "another");

        onTheStore.ExitCode.ShouldBe(2, onTheStore.ToString());
        onTheStore.Errors.ShouldContain($"in use by process {_cluster.Coordinator.Id}, fsweep coordinator");
        atTheAddress.ExitCode.ShouldBe(2, atTheAddress.ToString());
        atTheAddress.Errors.ShouldContain($"{_cluster.Address} is taken: another coordinator is there");
        atTheAddress.Errors.ShouldNotContain("   at ");
        _cluster.Coordinator.ExitCodes.Count.ShouldBe(ended);
    }

    [Fact]
    public async Task OneThatCantStartAgainLeavesTheNodesAlone()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (_, trial) = await standing.TrainAsync("hindered", epochs: 4);
        await EndCoordinatorAsync();

        var listening = _cluster.Fsweep.Run([.. _cluster.CoordinatorArguments, "--listen", $"http://{taken.LocalEndpoint}"]);

        listening.ExitCode.ShouldBe(2, listening.ToString());
        listening.Errors.ShouldContain("--listen is ");
        _cluster.Coordinator.StartAgain();
        await _cluster.EndsAsync("hindered");
        ShouldHaveBeenTrainedOnce(trial);
    }

    private void ShouldHaveBeenTrainedOnce(TrialId trial)
    {
        _cluster.Read(store => store.Attempts(trial)).ShouldHaveSingleItem();
        standing.Node.ExitCodes.ShouldBeEmpty();
    }

    private async Task EndCoordinatorAsync()
    {
        _cluster.Coordinator.IsKept = false;
        _cluster.Coordinator.Kill();
        await _cluster.Coordinator.EndsAsync();
    }
}
