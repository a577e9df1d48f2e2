using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Actors;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Live;

/// <summary>A coordinator's control on a real store, with nodes that are the test itself.</summary>
public sealed class ClusterControlTests : IAsyncDisposable
{
    private const string Source = "method: grid\nparameters: {depth: [1, 2], epochs: 1}";

    private readonly TemporaryStore _temporary = new();
    private readonly List<Running> _coordinators = [];

    [Fact]
    public async Task ASubmittedSweepIsStoredTakenUpAndWorkedOn()
    {
        var coordinator = Start();
        var answer = await coordinator.Control.SubmitAsync(new Submission("grid.yaml", Source), default);
        answer.ShouldBe(new ControlAnswer(true, "grid is taken up: 2 trials. Watch it: ./fsweep watch grid", "grid"));
        var node = coordinator.Join("a");
        await FinishAsync(node, trials: 2);
        await coordinator.SawAsync<SweepEvent.SweepEnded>();
        coordinator.Control.Status.Sweeps.ShouldBeEmpty();
        Stored("grid").End.ShouldBe(SweepEnd.Complete);
    }

    [Fact]
    public async Task ASecondSubmissionOfAFileIsASweepOfItsOwn()
    {
        var control = Start().Control;
        await control.SubmitAsync(new Submission("grid.yaml", Source), default);
        (await control.SubmitAsync(new Submission("grid.yaml", Source), default)).Sweep.ShouldBe("grid-2");
        control.Status.Sweeps.Select(sweep => sweep.Sweep).ShouldBe(["grid", "grid-2"]);
    }

    [Fact]
    public async Task AFileWithFaultsIsRefusedWithAllOfThemAndNothingIsStored()
    {
        var control = Start().Control;
        var answer = await control.SubmitAsync(new Submission("bad.yaml", "method: gird\nparameters: {depht: 1}"), default);
        answer.Accepted.ShouldBeFalse();
        answer.Message.ShouldContain("bad.yaml:1:9");
        answer.Message.ShouldContain("bad.yaml:2:14");
        NamesStored().ShouldBeEmpty();
    }

    [Fact]
    public async Task ASweepOfAUsersOwnModelIsKeptWithItAndGoesOnWithIt()
    {
        const string Own = "method: grid\nparameters: {model: mynet, mynet_width: [4, 8], epochs: 1}";
        var first = Start();
        var submission = new Submission("own.yaml", Own) { Plugin = PluginRulesTests.MyNet };
        (await first.Control.SubmitAsync(submission, default)).Sweep.ShouldBe("own");
        (await first.Control.SubmitAsync(submission with { Plugin = null }, default)).Message.ShouldContain("mynet");
        await first.DisposeAsync();

        Stored("own").Own!.Plugin.ShouldBe(PluginRulesTests.MyNet.Model.Plugin);
        _temporary.Folder.Plugins.Read(PluginRulesTests.MyNet.Model.Plugin).Bytes.ShouldBe(PluginRulesTests.MyNet.Bytes);
        Start().TakenUp.ShouldBe(["own"]);
    }

    [Theory]
    [InlineData("/etc/hostname.safetensors")]
    [InlineData("../../secret.safetensors")]
    public async Task APathInASubmissionIsNotFollowed(string path)
    {
        var answer = await Start().Control.SubmitAsync(new Submission("from.yaml", $"method: grid\nparameters: {{start_from: {path}, epochs: 1}}"), default);
        answer.Message.ShouldBe($"from.yaml: start_from is {path}: a file can't be submitted; name a trial, or the SHA-256 of a checkpoint of the store");
        NamesStored().ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatAnEarlierCoordinatorWorkedOnGoesOnByItself()
    {
        var first = Start();
        await first.Control.SubmitAsync(new Submission("grid.yaml", Source), default);
        await first.Control.SubmitAsync(new Submission("other.yaml", Source), default);
        await first.Control.AskAsync("other", new SweepCommand.Pause(), default);
        await first.DisposeAsync();

        var second = Start();

        second.TakenUp.ShouldBe(["grid", "other"]);
        var node = second.Join("a");
        (await node.NextAsync<ToNode.StartTrial>()).Lease.Trial.Sweep.ShouldBe("grid");
        await second.SawAsync<SweepEvent.TrialStarted>();
        second.Control.Status.Sweeps.Single(sweep => sweep.Sweep == "grid").Running.ShouldBe(1);
    }

    [Fact]
    public async Task ATrialThatRunsOnIsStillShownOnItsNode()
    {
        var first = Start();
        await first.Control.SubmitAsync(new Submission("grid.yaml", Source), default);
        await first.Join("a").NextAsync<ToNode.StartTrial>();
        await first.SawAsync<SweepEvent.TrialStarted>();
        await first.DisposeAsync();

        var second = Start();
        second.Join("a", new Lease(new TrialId("grid", 1), new NodeId("a"), 1));
        await second.SawAsync<SweepEvent.NodeConnected>();

        second.Control.Status.Nodes.ShouldHaveSingleItem().Running.ShouldBe([new TrialId("grid", 1)]);
        second.Control.Status.Sweeps.Single().Running.ShouldBe(1);
    }

    [Fact]
    public async Task ASweepAtRestIsExtendedAndTakenUp()
    {
        var coordinator = Start();
        await coordinator.Control.SubmitAsync(
            new Submission("grid.yaml", "method: random\nrun_cap: 1\nparameters: {learning_rate: {min: 0.001, max: 0.1}, epochs: 1}"), default);
        var node = coordinator.Join("a");
        await FinishAsync(node, trials: 1);
        await coordinator.SawAsync<SweepEvent.SweepEnded>();

        (await coordinator.Control.AskAsync("grid", new SweepCommand.Extend(Trials: 2), default)).Message.ShouldBe("grid has 3 trials now, 2 more.");

        await FinishAsync(node, trials: 2);
        await coordinator.SawAsync<SweepEvent.SweepEnded>(times: 2);
        Stored("grid").Total.ShouldBe(3);
    }

    [Fact]
    public async Task ACancelledSweepGoesOnNoMore()
    {
        var coordinator = Start();
        await coordinator.Control.SubmitAsync(new Submission("grid.yaml", Source), default);
        (await coordinator.Control.AskAsync("grid", new SweepCommand.Cancel(), default)).Accepted.ShouldBeTrue();
        await coordinator.SawAsync<SweepEvent.SweepEnded>();
        var refused = await coordinator.Control.AskAsync("grid", new SweepCommand.Resume(), default);
        refused.ShouldBe(new ControlAnswer(false, "grid is cancelled: ./fsweep extend grid or ./fsweep rerun grid --failed makes more of it"));
    }

    [Fact]
    public async Task ASweepThatIsBeingCancelledIsEndedByTheNextCoordinator()
    {
        var first = Start();
        await first.Control.SubmitAsync(new Submission("grid.yaml", Source), default);
        await first.Join("a").NextAsync<ToNode.StartTrial>();
        (await first.Control.AskAsync("grid", new SweepCommand.Cancel(), default)).Accepted.ShouldBeTrue();
        await first.DisposeAsync();

        var second = Start();
        second.Join("a");
        await second.SawAsync<SweepEvent.SweepEnded>();

        Stored("grid").End.ShouldBe(SweepEnd.Cancelled);
    }

    [Fact]
    public async Task AnUnknownSweepIsSaidWithTheOneThatWasMeant()
    {
        var control = Start().Control;
        await control.SubmitAsync(new Submission("grid.yaml", Source), default);
        (await control.AskAsync("gird", new SweepCommand.Pause(), default)).Message.ShouldEndWith("did you mean grid?");
    }

    [Fact]
    public async Task ADrainedNodeIsShownSo()
    {
        var coordinator = Start();
        var node = coordinator.Join("a");
        await coordinator.SawAsync<SweepEvent.NodeConnected>();
        (await coordinator.Control.DrainAsync("a", default)).Accepted.ShouldBeTrue();
        await coordinator.SawAsync<SweepEvent.NodeDraining>();
        coordinator.Control.Status.Nodes.Single().Activity.ShouldBe(NodeActivity.Draining);
        (await coordinator.Control.DrainAsync("b", default)).Message.ShouldBe("no node b is connected");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var coordinator in _coordinators) await coordinator.DisposeAsync();
        _temporary.Dispose();
    }

    private Running Start()
    {
        var coordinator = new Running(_temporary.Folder);
        _coordinators.Add(coordinator);
        return coordinator;
    }

    private SweepRecord Stored(string name)
    {
        using var store = _temporary.Folder.Open();
        return store.Sweeps().Single(sweep => sweep.Name == name);
    }

    private IEnumerable<string> NamesStored()
    {
        using var store = _temporary.Folder.Open();
        return [.. store.Sweeps().Select(sweep => sweep.Name)];
    }

    private static async Task FinishAsync(Wire node, int trials)
    {
        for (var trial = 0; trial < trials; trial++)
        {
            var lease = (await node.NextAsync<ToNode.StartTrial>()).Lease;
            node.Say(lease.Node.Name, new ToCoordinator.TrialEnded(lease, new TrialOutcome.Completed(Samples.Result(epochs: 1, bestEpoch: 1))));
        }
    }

    /// <summary>A coordinator at work, as <c>fsweep coordinator</c> puts it together.</summary>
    private sealed class Running : IAsyncDisposable
    {
        private readonly LiteStore _store;
        private readonly Wire _wire = new();
        private readonly CancellationTokenSource _handOver = new();
        private readonly List<SweepEvent> _events = [];
        private readonly Task _work;
        private TaskCompletionSource _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _stopped;

        public Running(StoreFolder folder)
        {
            _store = LiteStore.OpenForWriting(folder);
            var actor = _wire.Open(
                new CoordinatorWork(new ClusterMachine(isStanding: true), _store, new CheckpointFolder(folder.Checkpoints), TimeProvider.System));
            Control = new ClusterControl(actor, _store, folder, TrainerCatalog.Parameters, TimeProvider.System, new PluginRules(Allowed: true));
            TakenUp = [.. Control.GoOn().TakenUp.Select(launch => launch.Sweep.Name)];
            _work = actor.RunAsync(On, _handOver.Token);
        }

        public ClusterControl Control { get; }

        public IReadOnlyList<string> TakenUp { get; }

        public Wire Join(string name, params Lease[] held)
        {
            _wire.Join(name, slots: 1, held);
            return _wire;
        }

        public async Task SawAsync<T>(int times = 1) where T : SweepEvent
        {
            while (true)
            {
                Task next;
                lock (_events)
                {
                    if (_events.OfType<T>().Count() >= times) return;
                    next = _happened.Task;
                }
                await next;
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (_stopped) return;
            _stopped = true;
            await _handOver.CancelAsync();
            await _work;
            Control.Dispose();
            await _wire.DisposeAsync();
            _store.Dispose();
            _handOver.Dispose();
        }

        private void On(SweepEvent happened)
        {
            Control.On(happened);
            lock (_events)
            {
                _events.Add(happened);
                _happened.SetResult();
                _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
