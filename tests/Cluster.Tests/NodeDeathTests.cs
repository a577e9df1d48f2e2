using System.Globalization;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>A node dies, at each of the states that a trial on it can be in.</summary>
public sealed class NodeDeathTests(NodePair pair, ITestOutputHelper output) : IClassFixture<NodePair>
{
    private readonly LiveCluster _cluster = pair.Cluster;

    [Fact]
    public async Task AKilledNodesTrialGoesOnElsewhereFromItsLastEpochOnceItsConnectionIsGone()
    {
        await pair.StandsAsync();
        var (file, busy, idle) = await pair.SubmitAsync("killed", epochs: 6);
        var trial = await _cluster.TrainsAsync("killed", busy.Name, epoch: 3);
        var (id, trained) = (trial.Spec.Id, trial.Epoch!.Epoch);

        busy.IsKept = false;
        var at = TimeProvider.System.GetUtcNow();
        busy.Kill();

        // 2 s where programs get to run at once, as benchmarks/cluster measures it; here that it is not for its silence that the node is given up.
        await StartsAsync(id, idle, at, TimeSpan.FromSeconds(60));
        _cluster.Read(store => store.Attempts(id))[0].Reason.ShouldBe("its process is gone");
        await _cluster.EndsAsync("killed");
        _cluster.ShouldHaveTheResultsOf(file, "killed");
        // What was reported is not trained again: its reports come a second time as they were, with the same times.
        var (before, after) = _cluster.Read(store => (store.Epochs(id, 1), store.Epochs(id, 2)));
        after.Take(trained).ShouldBe(before.Take(trained));
        after.Count.ShouldBe(6);
    }

    [Fact]
    public async Task AFrozenNodesTrialRunsElsewhereAndWhatItSaysLaterIsDropped()
    {
        await pair.StandsAsync();
        var (file, busy, idle) = await pair.SubmitAsync("frozen", epochs: 6);
        var (trial, ended) = (await _cluster.TrainsAsync("frozen", busy.Name, epoch: 2), busy.ExitCodes.Count);

        var at = TimeProvider.System.GetUtcNow();
        Signals.Freeze(busy.Id);

        // 10 s where programs get to run at once, and what a busy machine adds to them.
        await StartsAsync(trial.Spec.Id, idle, at, TimeSpan.FromSeconds(120));
        var lines = busy.Lines.Count;
        Signals.Thaw(busy.Id);
        await _cluster.EndsAsync("frozen");
        await busy.SaysAsync("trial=frozen/1", lines);
        _cluster.ShouldHaveTheResultsOf(file, "frozen");
        busy.ExitCodes.Count.ShouldBe(ended);
    }

    [Fact]
    public async Task ATrialWhoseNodeDiesBeforeItsFirstEpochRunsElsewhere()
    {
        await pair.StandsAsync();
        foreach (var node in _cluster.Nodes) Signals.Freeze(node.Id);
        var (file, busy, idle) = await pair.SubmitAsync("early", epochs: 2);
        Signals.Thaw(idle.Id);
        _cluster.Fsweep.Release();

        busy.IsKept = false;
        busy.Kill();

        await _cluster.EndsAsync("early");
        _cluster.ShouldHaveTheResultsOf(file, "early");
        _cluster.Read(store => store.Epochs(new TrialId("early", 1), 1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ATrialThatHangsIsStoppedAndTriedAgainAndThenGivenUp()
    {
        await pair.StandsAsync();
        _cluster.Fsweep.Release();

        await _cluster.SubmitAsync(_cluster.Fsweep.Write("hanging.yaml", Sweeps.Hanging));

        await _cluster.EndsAsync("hanging");
        var trial = _cluster.Read(store => store.Trials("hanging")).ShouldHaveSingleItem();
        (trial.State, trial.Attempt).ShouldBe((TrialState.Failed, 2));
        trial.Reason.ShouldBe("no epoch ended for 0.2 s, its epoch_timeout (failed 2 times)");
    }

    [Fact]
    public async Task ATerminatedNodeLeavesAndADrainedOneFinishesFirst()
    {
        await pair.StandsAsync();
        var (file, busy, idle) = await pair.SubmitAsync("left", epochs: 8);
        var trial = await _cluster.TrainsAsync("left", busy.Name, epoch: 2);
        _cluster.Fsweep.Hold();
        var lines = _cluster.Coordinator.Lines.Count;

        Signals.AskToEnd(busy.Id);

        (await busy.EndsAsync()).ShouldBe(0, busy.ToString());
        await _cluster.Coordinator.SaysAsync($"level=info event=node_left node={busy.Name}", lines);
        await _cluster.TrainsAsync("left", idle.Name, epoch: 1);
        var drained = _cluster.Fsweep.Run("drain", idle.Name);
        drained.ExitCode.ShouldBe(0, drained.ToString());
        (await idle.EndsAsync()).ShouldBe(0, idle.ToString());
        await _cluster.EndsAsync("left");
        _cluster.ShouldHaveTheResultsOf(file, "left");
        _cluster.Read(store => store.Attempts(trial.Spec.Id)).Select(attempt => attempt.End).ShouldBe(["stopped", "completed"]);
    }

    private async Task StartsAsync(TrialId trial, Supervised idle, DateTimeOffset at, TimeSpan limit)
    {
        var next = await _cluster.AttemptAsync(trial, attempt => attempt.Lease.Attempt == 2);
        next.Lease.Node.Name.ShouldBe(idle.Name);
        var took = next.StartedAt - at;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"runs elsewhere {took.TotalSeconds:0.00} s after the signal"));
        took.ShouldBeLessThan(limit);
    }
}
