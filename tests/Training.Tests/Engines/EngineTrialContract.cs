using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Training.Tests.Engines;

/// <summary>What whole trials come to on every engine.</summary>
public abstract class EngineTrialContract : IDisposable
{
    // How far losses of the first hundred steps may part, as a share.
    private const double Rounding = 1e-5;

    // As in sweeps/seeds, but for smaller batches; S2, of which ten steps are compared, and S4 with its dropout by SGD. Adam makes a full step even of a
    // gradient that is nothing but rounding, and where a value then comes to the other side of a ReLU or is second in its pool, losses part: by a
    // hundredth after 60 steps, between the native engine's own kernel sets as between engines.
    private static readonly Dictionary<string, (string Name, ParameterValue Value)[]> Seeds = new()
    {
        ["S0"] = [("hidden", List(128L, 128L)), ("optimizer", "sgd"), ("normalization", "l2"), ("batch_size", 32L)],
        ["S1"] = [("hidden", List(128L)), ("batch_size", 32L)],
        ["S2"] =
        [
            ("layers", List(
                "conv 64 7x7 padding=same", "max_pool 2", "conv 128 3x3 padding=same", "conv 128 3x3 padding=same", "max_pool 2",
                "conv 256 3x3 padding=same", "conv 256 3x3 padding=same", "max_pool 2", "flatten", "dense 128", "dropout 0.5", "dense 64", "dropout 0.5")),
            ("weight_init", "keras"), ("batch_size", 2L), ("optimizer", "sgd"), ("learning_rate", 0.001),
        ],
        ["S3"] = [("hidden", List(128L, 64L)), ("batch_size", 64L)],
        ["S4"] =
        [
            ("layers", List("conv 32 3x3", "max_pool 2", "conv 64 3x3", "max_pool 2", "conv 64 3x3", "flatten", "dense 64", "dropout 0.5")),
            ("batch_size", 16L), ("optimizer", "sgd"), ("momentum", 0.9), ("learning_rate", 0.01),
        ],
        ["S4 without dropout"] =
        [
            ("layers", List("conv 32 3x3", "max_pool 2", "conv 64 3x3", "max_pool 2", "conv 64 3x3", "flatten", "dense 64")), ("batch_size", 16L),
        ],
    };

    private static readonly (string Name, ParameterValue Value)[] Everything =
    [
        ("layers", List("conv 4 3x3 padding=same", "batch_norm", "max_pool", "dropout 0.1", "residual 8 stride=2", "flatten", "dense 16", "dropout 0.2")),
        ("flip", 0.5), ("shift", 1L), ("rotation", 10L), ("erasing", 0.3), ("mixup", 0.2), ("label_smoothing", 0.1), ("schedule", "one_cycle"),
        ("gradient_clip", 1.0), ("optimizer", "adamw"), ("weight_decay", 0.01),
    ];

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory();

    public static TheoryData<string> SeedNames => [.. Seeds.Keys];

    protected abstract IEngine Engine { get; }

    /// <summary>What it is compared with.</summary>
    protected abstract IEngine Other { get; }

    private CheckpointFolder Checkpoints => new(_temporary.FullName);

    public void Dispose()
    {
        _temporary.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(SeedNames))]
    public void TheFirstLossesAreTheSameButForRounding(string seed)
    {
        var (chosen, steps) = (Set(Seeds[seed]), seed == "S2" ? 10 : 100);

        var (own, other) = (LockStep.LossesOf(Engine, chosen, steps), LockStep.LossesOf(Other, chosen, steps));

        own.Zip(other, (one, another) => Math.Abs(one - another) / another).Max().ShouldBeLessThan(Rounding);
    }

    [Fact]
    public void TheFirstLossOfAResidualNetIsTheSameButForRounding()
    {
        var chosen = Set(("model", "resnet"), ("stages", 2L), ("blocks", 1L), ("filters", 16L), ("batch_size", 32L));

        var (own, other) = (LockStep.LossesOf(Engine, chosen, steps: 1).Single(), LockStep.LossesOf(Other, chosen, steps: 1).Single());

        own.ShouldBe(other, other * 1e-6);
    }

    [Fact]
    public void EverythingThatIsRandomComesOutTheSameTwiceAndBesideOthers()
    {
        TrialSpec[] specs = [.. Enumerable.Range(1, 3).Select(seed => Spec([.. Everything, ("seed", (long)seed)]))];
        Checkpoint[] alone = [.. specs.Select(spec => Train(Engine, spec).Checkpoint)];

        var together = new Checkpoint[specs.Length];
        using var start = new Barrier(specs.Length);
        Thread[] threads = [.. specs.Select((spec, number) => new Thread(() =>
        {
            start.SignalAndWait();
            together[number] = Train(Engine, spec).Checkpoint;
        }))];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        together.ShouldBe(alone);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ABrokenTrialEndsWithTheSameBits(int epoch)
    {
        var spec = Spec([.. Everything, ("epochs", 4L)]);
        var straight = Train(Engine, spec);
        using var stop = new CancellationTokenSource();
        Action<EpochReport> breakOff = report =>
        {
            if (report.Epoch == epoch) stop.Cancel();
        };
        Trainer(Engine).Train(spec, breakOff, stop.Token).ShouldBeOfType<TrialOutcome.Stopped>();
        File.Exists(Trainer(Engine).FindSnapshot(spec)!.Path).ShouldBeTrue();

        var epochs = 0;
        var resumed = Trainer(Engine).Train(spec, _ => epochs++, CancellationToken.None).ShouldBeOfType<TrialOutcome.Completed>().Result;

        resumed.Checkpoint.ShouldBe(straight.Checkpoint);
        epochs.ShouldBe(4);
    }

    [Fact]
    public void ACheckpointIsScoredAlikeByEveryEngine()
    {
        var spec = Spec(Everything);
        foreach (var (trained, scored) in new[] { (Engine, Other), (Other, Engine) })
        {
            var result = Train(trained, spec);
            var inference = new Inference(RecordedModel.Read(spec, result, Checkpoints), result.Environment, ToyData.Data, scored);
            var score = inference.Evaluate(DataPart.Test, CancellationToken.None).Score;
            score.Loss.ShouldBe(result.Test.Loss, 1e-5);
            score.Accuracy.ShouldBe(result.Test.Accuracy, 0.006);
        }
    }

    [Fact]
    public void TheRecordedScoresComeBackToTheBit()
    {
        var spec = Spec(Everything);
        var result = Train(Engine, spec);
        var inference = new Inference(RecordedModel.Read(spec, result, Checkpoints), result.Environment, ToyData.Data, Engine);

        inference.Evaluate(DataPart.Test, CancellationToken.None).ShouldBe((result.Test, result.TestReport!));
        inference.Environment.ShouldBe(result.Environment);
        result.Environment.Kernels.ShouldBe(Engine.Description);
    }

    [Fact]
    public void WhatWasTrainedElsewhereIsTrainedOn()
    {
        var start = Train(Other, Spec(("depth", 2L))).Checkpoint;

        var tuned = Train(Engine, Spec(("depth", 2L), ("start_from", start.Sha256), ("freeze", 1L)));

        var (before, after) = (Checkpoints.Read(start).Tensors, Checkpoints.Read(tuned.Checkpoint).Tensors);
        foreach (var (one, other) in before.Zip(after))
            one.Values.SequenceEqual(other.Values).ShouldBe(one.Name.StartsWith("layers.0.", StringComparison.Ordinal), one.Name);
    }

    private static ParameterValue.List List(params ParameterValue[] items) => new(items);

    private static ParameterSet Set(params (string Name, ParameterValue Value)[] chosen) => new(chosen.ToDictionary(pair => pair.Name, pair => pair.Value));

    private static TrialSpec Spec(params (string Name, ParameterValue Value)[] chosen)
    {
        var small = new Dictionary<string, ParameterValue> { ["epochs"] = 2L, ["batch_size"] = 32L, ["learning_rate"] = 0.003, ["precision"] = "fp32" };
        foreach (var (name, value) in chosen) small[name] = value;
        return new TrialSpec(new TrialId("test", 1), TrainerCatalog.Parameters.Complete(new ParameterSet(small), sweepSeed: 1), Objective.Default);
    }

    private TrialTrainer Trainer(IEngine engine) => new(ToyData.Data, engine, Checkpoints, TimeProvider.System);

    private TrialResult Train(IEngine engine, TrialSpec spec)
    {
        var outcome = Trainer(engine).Train(spec, _ => { }, CancellationToken.None);
        return outcome.ShouldBeOfType<TrialOutcome.Completed>(outcome.ToString()).Result;
    }
}
