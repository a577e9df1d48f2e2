using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Remote;
using FashionSweep.TrainerNode.Tests.Actor;
using FashionSweep.Training;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;
using FashionSweep.Training.Plugins;

namespace FashionSweep.EndToEnd.Tests.Remote;

/// <summary>The engine on a node that has nothing but the coordinator's address.</summary>
public sealed class RemoteTrainerTests : IAsyncLifetime
{
    private const int Epochs = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-remote-");
    private readonly StringWriter _log = new();
    private RemoteStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await RemoteStore.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void ACompletedTrialsCheckpointIsWithTheCoordinatorAndNothingOfItOnTheNode()
    {
        var result = Complete("node-1", Spec());

        _store.Has(result.Checkpoint).ShouldBeTrue();
        _store.Checkpoints.Read(result.Checkpoint).Tensors.ShouldNotBeEmpty();
        _store.Snapshots().ShouldBeEmpty();
        FilesOf("node-1").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ATrialThatWasStoppedGoesOnElsewhereToTheSameBits(int epoch)
    {
        var straight = Engine("straight").Train(Spec(), _ => { }, default).ShouldBeOfType<TrialOutcome.Completed>().Result;
        var before = Stop("node-1", epoch);
        _store.Snapshots().ShouldHaveSingleItem();
        FilesOf("node-1").ShouldBeEmpty();

        var after = new List<EpochReport>();
        var result = Complete("node-2", Spec(), after.Add);

        result.WeightsSha256.ShouldBe(straight.WeightsSha256);
        result.Checkpoint.ShouldBe(straight.Checkpoint);
        // With the seconds that they took there: they were not trained again.
        after.Take(epoch).ShouldBe(before);
        after.Select(report => report.Epoch).ShouldBe(Enumerable.Range(1, Epochs));
        _store.Snapshots().ShouldBeEmpty();
    }

    [Fact]
    public void ADamagedSnapshotCostsTimeAndNeverATrial()
    {
        Stop("node-1", epoch: 2);
        File.WriteAllText(_store.Snapshots().Single(), "damaged");

        Complete("node-2", Spec()).Epochs.ShouldBe(Epochs);
    }

    [Fact]
    public async Task AResultWaitsForTheCoordinatorToHaveItsCheckpoint()
    {
        using var log = new SignalWriter();
        var training = Task.Run(() => Train("node-1", Spec(), _ => { }, log, default, LosingTheCoordinator("node-1")));
        await log.FirstLine;
        training.IsCompleted.ShouldBeFalse();

        await _store.ComeAsync();

        var result = (await training).ShouldBeOfType<TrialOutcome.Completed>().Result;
        _store.Has(result.Checkpoint).ShouldBeTrue();
    }

    [Fact]
    public async Task AStopEndsTheWaitForACoordinator()
    {
        using var log = new SignalWriter();
        using var stop = new CancellationTokenSource();
        var training = Task.Run(() => Train("node-1", Spec(), _ => { }, log, stop.Token, LosingTheCoordinator("node-1")));
        await log.FirstLine;

        await stop.CancelAsync();

        (await training).ShouldBeOfType<TrialOutcome.Stopped>();
        FilesOf("node-1").ShouldBeEmpty();
    }

    [Fact]
    public void ATrialStartsFromACheckpointOfTheCoordinator()
    {
        var first = Complete("node-1", Spec()).Checkpoint;
        var spec = Spec(("start_from", first.Sha256));

        var result = Complete("node-2", spec);

        result.WeightsSha256.ShouldBe(Engine(_store.Folder).Train(spec, _ => { }, default).ShouldBeOfType<TrialOutcome.Completed>().Result.WeightsSha256);
        FilesOf("node-2").ShouldBeEmpty();
    }

    [Fact]
    public void ACheckpointThatTheCoordinatorDoesNotHaveFailsTheTrial()
    {
        var missing = new string('1', 64);

        Train("node-1", Spec(("start_from", missing)), _ => { }, _log, default)
            .ShouldBe(new TrialOutcome.Failed($"start_from is {missing}, a checkpoint that the coordinator does not have"));
    }

    [Fact]
    public void WrongParametersFailAsEver() =>
        Train("node-1", Spec(("optimizer", "none of these")), _ => { }, _log, default).ShouldBeOfType<TrialOutcome.Failed>().Error
            .ShouldContain("none of these");

    [Fact]
    public void ADivergedTrialLeavesNoSnapshot()
    {
        var trainer = new ScriptedTrainer((spec, report, stop) =>
        {
            Engine("node-1").Train(spec, report, stop);
            return new TrialOutcome.Diverged(3, 1, "training loss is NaN");
        });

        Train("node-1", Spec(), _ => { }, _log, default, trainer).ShouldBeOfType<TrialOutcome.Diverged>();

        _store.Snapshots().ShouldBeEmpty();
    }

    private TrialResult Complete(string node, TrialSpec spec, Action<EpochReport>? report = null)
    {
        var outcome = Train(node, spec, report ?? (_ => { }), _log, default);
        return outcome.ShouldBeOfType<TrialOutcome.Completed>(outcome.ToString()).Result;
    }

    private List<EpochReport> Stop(string node, int epoch)
    {
        using var stop = new CancellationTokenSource();
        var reports = new List<EpochReport>();
        Train(node, Spec(), report =>
        {
            reports.Add(report);
            if (report.Epoch == epoch) stop.Cancel();
        }, _log, stop.Token).ShouldBeOfType<TrialOutcome.Stopped>();
        return reports;
    }

    private TrialOutcome Train(string node, TrialSpec spec, Action<EpochReport> report, TextWriter log, CancellationToken stop, ITrainer? trainer = null)
    {
        using var remote = new RemoteCheckpoints(_store.Seen(), TimeProvider.System, log);
        var engine = Engine(node);
        var around = trainer ?? new ScriptedTrainer(engine.Train);
        var folder = Path.Combine(_folder.FullName, node);
        return new RemoteTrainer(around, engine.FindSnapshot, new CheckpointFolder(folder), new PluginFolder(folder), remote, new SlowTime())
            .Train(spec, report, stop);
    }

    private ScriptedTrainer LosingTheCoordinator(string node) => new((spec, report, stop) =>
    {
        var outcome = Engine(node).Train(spec, report, stop);
        _store.GoAsync().GetAwaiter().GetResult();
        return outcome;
    });

    private TrialTrainer Engine(string folder) =>
        new(RandomImages.Data, new NativeEngine(KernelSet.Choose(KernelChoice.Managed)), new CheckpointFolder(Path.Combine(_folder.FullName, folder)),
            TimeProvider.System);

    private string[] FilesOf(string node) => Directory.GetFiles(Path.Combine(_folder.FullName, node), "*", SearchOption.AllDirectories);

    private static TrialSpec Spec(params (string Name, ParameterValue Value)[] changes)
    {
        var values = new Dictionary<string, ParameterValue> { ["epochs"] = (long)Epochs, ["batch_size"] = 32L, ["dropout"] = 0.2 };
        foreach (var (name, value) in changes) values[name] = value;
        return new TrialSpec(new TrialId("remote", 1), TrainerCatalog.Parameters.Complete(new ParameterSet(values), sweepSeed: 1), Objective.Default);
    }

    /// <summary>A minute and not five seconds for the last words to the coordinator: on a busy machine they take their time.</summary>
    private sealed class SlowTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? 12 * dueTime : dueTime, period);
    }
}
