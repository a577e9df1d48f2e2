using System.Globalization;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Tests.Network;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>A node dies, at each of the states that a trial on it can be in.</summary>
public sealed class NodeDeathTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TrialId Trial = new("one", 1);

    private readonly LiveCluster _cluster = new(free: 3);

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task AKilledNodesTrialGoesOnElsewhereFromItsLastEpochOnceItsConnectionIsGone()
    {
        var file = await TrainOnAAsync(epochs: 6);
        var a = _cluster.Nodes[0];
        var trained = (await _cluster.TrainsAsync("one", "a", epoch: 3)).Epoch!.Epoch;

        a.IsKept = false;
        var at = TimeProvider.System.GetUtcNow();
        a.Kill();

        // 2 s where programs get to run at once, as benchmarks/cluster measures it; here that it is not for its silence that the node is given up.
        await StartsOnBAsync(at, TimeSpan.FromSeconds(60));
        _cluster.Read(store => store.Attempts(Trial))[0].Reason.ShouldBe("its process is gone");
        await _cluster.EndsAsync("one");
        _cluster.ShouldHaveTheResultsOf(file, "one");
        // What was reported is not trained again: its reports come a second time as they were, with the same times.
        var (before, after) = _cluster.Read(store => (store.Epochs(Trial, 1), store.Epochs(Trial, 2)));
        after.Take(trained).ShouldBe(before.Take(trained));
        after.Count.ShouldBe(6);
    }

    [Fact]
    public async Task AFrozenNodesTrialRunsElsewhereAndWhatItSaysLaterIsDropped()
    {
        var file = await TrainOnAAsync(epochs: 6);
        var a = _cluster.Nodes[0];
        await _cluster.TrainsAsync("one", "a", epoch: 2);

        var at = TimeProvider.System.GetUtcNow();
        Signals.Freeze(a.Id);

        // 10 s where programs get to run at once, and what a busy machine adds to them.
        await StartsOnBAsync(at, TimeSpan.FromSeconds(120));
        var lines = a.Lines.Count;
        Signals.Thaw(a.Id);
        await _cluster.EndsAsync("one");
        await a.SaysAsync("trial=one/1", lines);
        _cluster.ShouldHaveTheResultsOf(file, "one");
        a.ExitCodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task ATrialWhoseNodeDiesBeforeItsFirstEpochRunsElsewhere()
    {
        var file = _cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs: 2));
        _cluster.StartCoordinator();
        var a = _cluster.StartNode("a");
        await _cluster.ComesUpAsync();
        Signals.Freeze(a.Id);
        await _cluster.SubmitAsync(file);
        await _cluster.AttemptAsync(Trial, attempt => attempt.Lease.Attempt == 1);
        await _cluster.StartNode("b").SaysAsync("joined");

        a.IsKept = false;
        a.Kill();

        await _cluster.EndsAsync("one");
        _cluster.ShouldHaveTheResultsOf(file, "one");
        _cluster.Read(store => store.Epochs(Trial, 1)).ShouldBeEmpty();
    }

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
    public async Task ATrialThatHangsIsStoppedAndTriedAgainAndThenGivenUp()
    {
        _cluster.StartCoordinator();
        _cluster.StartNode("a");
        await _cluster.ComesUpAsync();

        await _cluster.SubmitAsync(_cluster.Fsweep.Write("hanging.yaml", Sweeps.Hanging));

        await _cluster.EndsAsync("hanging");
        var trial = _cluster.Read(store => store.Trials("hanging")).ShouldHaveSingleItem();
        (trial.State, trial.Attempt).ShouldBe((TrialState.Failed, 2));
        trial.Reason.ShouldBe("no epoch ended for 0.2 s, its epoch_timeout (failed 2 times)");
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

    [Fact]
    public async Task ATerminatedNodeLeavesAndADrainedOneFinishesFirst()
    {
        var file = await TrainOnAAsync(epochs: 8);
        var (a, b) = (_cluster.Nodes[0], _cluster.Nodes[1]);
        await _cluster.TrainsAsync("one", "a", epoch: 2);
        _cluster.Fsweep.Hold();

        Signals.AskToEnd(a.Id);

        (await a.EndsAsync()).ShouldBe(0, a.ToString());
        await _cluster.Coordinator.SaysAsync("level=info event=node_left node=a");
        await _cluster.TrainsAsync("one", "b", epoch: 1);
        var drained = _cluster.Fsweep.Run("drain", "b");
        drained.ExitCode.ShouldBe(0, drained.ToString());
        (await b.EndsAsync()).ShouldBe(0, b.ToString());
        await _cluster.EndsAsync("one");
        _cluster.ShouldHaveTheResultsOf(file, "one");
        _cluster.Read(store => store.Attempts(Trial)).Select(attempt => attempt.End).ShouldBe(["stopped", "completed"]);
    }

    // Of nodes that have nothing to do the one that came first has a trial first.
    private async Task<string> TrainOnAAsync(int epochs)
    {
        var file = _cluster.Fsweep.Write("one.yaml", Sweeps.One(epochs));
        _cluster.StartCoordinator();
        foreach (var name in new[] { "a", "b" })
        {
            _cluster.StartNode(name);
            await _cluster.ComesUpAsync();
        }
        await _cluster.SubmitAsync(file);
        return file;
    }

    private async Task StartsOnBAsync(DateTimeOffset at, TimeSpan limit)
    {
        var next = await _cluster.AttemptAsync(Trial, attempt => attempt.Lease.Attempt == 2);
        next.Lease.Node.Name.ShouldBe("b");
        var took = next.StartedAt - at;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"runs elsewhere {took.TotalSeconds:0.00} s after the signal"));
        took.ShouldBeLessThan(limit);
    }
}
