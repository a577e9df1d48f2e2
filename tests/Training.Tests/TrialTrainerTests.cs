using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Networks;
using FashionSweep.Training.Tests.Networks;

namespace FashionSweep.Training.Tests;

public sealed class TrialTrainerTests : IDisposable
{
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory();

    public static TheoryData<KernelChoice> KernelSets => [KernelChoice.OneDnn, KernelChoice.Managed];

    private CheckpointFolder Checkpoints => new(_temporary.FullName);

    public void Dispose() => _temporary.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void TrialLearnsAndIsRecorded(KernelChoice choice)
    {
        var reports = new List<EpochReport>();

        var result = Completed(Trainer(choice).Train(Spec(("epochs", 12L), ("dropout", 0.1)), reports.Add, CancellationToken.None));

        reports.Select(report => report.Epoch).ShouldBe(Enumerable.Range(1, 12));
        reports[^1].Train.Loss.ShouldBeLessThan(reports[0].Train.Loss / 2);
        result.Epochs.ShouldBe(12);
        result.Validation.ShouldBe(reports.MaxBy(report => report.Validation.Accuracy)!.Validation);
        result.Test.Accuracy.ShouldBeGreaterThan(0.9);
        result.ParameterCount.ShouldBe((64 * 32) + 32 + (32 * 10) + 10);
        result.Environment.Kernels.ShouldBe(KernelSet.Choose(choice).Description);
        result.Environment.Engine.ShouldStartWith("FashionSweep ");
    }

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void TestReportIsOfTheTestScore(KernelChoice choice)
    {
        var result = Completed(Trainer(choice).Train(Spec(), _ => { }, CancellationToken.None));

        var report = result.TestReport.ShouldNotBeNull();
        report.Confusion.Rows.Select(row => row.Sum()).ShouldAllBe(images => images == ToyData.Data.Test.Count / TrainingData.Classes);
        ((double)report.Confusion.Correct / report.Confusion.Images).ShouldBe(result.Test.Accuracy);
        report.Top2Accuracy.ShouldBeInRange(result.Test.Accuracy, 1);
        report.CalibrationError.ShouldBeInRange(1e-6, 1);
    }

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void CheckpointHoldsTheScoredWeights(KernelChoice choice)
    {
        var spec = Spec(("epochs", 4L));
        var result = Completed(Trainer(choice).Train(spec, _ => { }, CancellationToken.None));

        var file = Checkpoints.Read(result.Checkpoint);

        Safetensors.WeightsSha256(file.Tensors).ShouldBe(result.WeightsSha256);
        var record = CheckpointRecord.From(file.Metadata);
        record.Spec.ShouldBe(spec);
        record.Scores.Test.ShouldBe(result.Test);
        TestScore(choice, file.Tensors).Accuracy.ShouldBe(result.Test.Accuracy);
        TestScore(choice, file.Tensors).Loss.ShouldBe(result.Test.Loss, 1e-6);
    }

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void FrozenLayersKeepWhatTheyStartWith(KernelChoice choice)
    {
        var first = Checkpoints.Read(Completed(Trainer(choice).Train(Spec(("depth", 2L)), _ => { }, CancellationToken.None)).Checkpoint);
        var start = Completed(Trainer(choice).Train(Spec(("depth", 2L)), _ => { }, CancellationToken.None)).Checkpoint.Sha256;

        var result = Completed(Trainer(choice).Train(Spec(("depth", 2L), ("start_from", start), ("freeze", 1L)), _ => { }, CancellationToken.None));

        var tuned = Checkpoints.Read(result.Checkpoint);
        Values(tuned, "layers.0.weight").ShouldBe(Values(first, "layers.0.weight"));
        Values(tuned, "layers.0.bias").ShouldBe(Values(first, "layers.0.bias"));
        Values(tuned, "layers.1.weight").ShouldNotBe(Values(first, "layers.1.weight"));
        result.ParameterCount.ShouldBe((64 * 32) + 32 + (32 * 32) + 32 + (32 * 10) + 10);

        static float[] Values(SafetensorsFile file, string name) => file.Tensors.Single(tensor => tensor.Name == name).Values;
    }

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void EverythingThatIsRandomComesOutTheSameTwice(KernelChoice choice)
    {
        var spec = Spec(
            ("layers", new ParameterValue.List(
                ["conv 4 3x3 padding=same", "batch_norm", "max_pool", "dropout 0.1", "residual 8 stride=2", "flatten", "dense 16", "dropout 0.2"])),
            ("flip", 0.5), ("shift", 1L), ("rotation", 10L), ("erasing", 0.3), ("mixup", 0.2), ("label_smoothing", 0.1), ("schedule", "one_cycle"));

        var first = Completed(Trainer(choice).Train(spec, _ => { }, CancellationToken.None));
        var second = Completed(Trainer(choice).Train(spec, _ => { }, CancellationToken.None));

        second.WeightsSha256.ShouldBe(first.WeightsSha256);
        second.Test.ShouldBe(first.Test);
    }

    [Fact]
    public void ATrialThatGetsNoBetterEndsEarly()
    {
        var result = Completed(Trainer(KernelChoice.Managed).Train(
            Spec(("epochs", 50L), ("early_stopping", "validation_accuracy"), ("patience", 2L)), _ => { }, CancellationToken.None));

        result.Epochs.ShouldBeLessThan(50);
        (result.Epochs - result.BestEpoch).ShouldBe(3);
    }

    [Fact]
    public void AnotherModelsCheckpointIsRefusedWithTheTensor()
    {
        var start = Completed(Trainer(KernelChoice.Managed).Train(Spec(("width", 16L)), _ => { }, CancellationToken.None)).Checkpoint.Sha256;

        var outcome = Trainer(KernelChoice.Managed).Train(Spec(("start_from", start)), _ => { }, CancellationToken.None);

        outcome.ShouldBe(new TrialOutcome.Failed("start_from has another model: layers.0.weight is 16 x 64 there, must be 32 x 64"));
    }

    [Fact]
    public void ObjectiveChoosesTheEpoch()
    {
        var reports = new List<EpochReport>();
        // So large a rate makes the losses jump about.
        var spec = Spec(("epochs", 12L), ("learning_rate", 0.1)) with { Objective = new Objective(Metric.TrainLoss, Goal.Maximize) };

        var result = Completed(Trainer().Train(spec, reports.Add, CancellationToken.None));

        var best = reports.MaxBy(report => report.Train.Loss)!;
        (result.BestEpoch, result.Train, result.Validation).ShouldBe((best.Epoch, best.Train, best.Validation));
    }

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void SpecAndKernelsDecideTheBits(KernelChoice choice)
    {
        var spec = Spec(("dropout", 0.3), ("depth", 2L));

        var checkpoints = Enumerable.Range(0, 2).Select(_ => Completed(Trainer(choice).Train(spec, _ => { }, CancellationToken.None)).Checkpoint).ToList();

        checkpoints[1].ShouldBe(checkpoints[0]);
    }

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void TrialsBesideEachOtherChangeNothing(KernelChoice choice)
    {
        TrialSpec[] specs = [.. Enumerable.Range(1, 4).Select(seed => Spec(("dropout", 0.3), ("seed", (long)seed), ("width", 16L * seed)))];
        var trainer = Trainer(choice);
        var alone = specs.Select(spec => Completed(trainer.Train(spec, _ => { }, CancellationToken.None)).Checkpoint).ToList();

        var together = new Checkpoint[specs.Length];
        using var start = new Barrier(specs.Length);
        Thread[] threads = [.. specs.Select((spec, number) => new Thread(() =>
        {
            start.SignalAndWait();
            together[number] = Completed(trainer.Train(spec, _ => { }, CancellationToken.None)).Checkpoint;
        }))];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        together.ShouldBe(alone);
    }

    [Theory]
    [InlineData("seed")]
    [InlineData("split_seed")]
    public void EachSeedMatters(string name)
    {
        var weights = new long[] { 1, 2 }.Select(seed => Completed(Trainer().Train(Spec((name, seed)), _ => { }, CancellationToken.None)).WeightsSha256);

        weights.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void LastBatchCountsByItsOwnSize()
    {
        // 450 images are trained on. In one batch, which has 600 places, they are the whole gradient; so they are in one of exactly 450.
        string Weights(long batchSize) =>
            Completed(Trainer(KernelChoice.Managed).Train(Spec(("batch_size", batchSize), ("epochs", 3L)), _ => { }, CancellationToken.None)).WeightsSha256;

        Weights(600).ShouldBe(Weights(450));
    }

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void LostLossIsAResultWithItsPlace(KernelChoice choice)
    {
        var reports = new List<EpochReport>();

        var outcome = Trainer(choice).Train(Spec(("optimizer", "sgd"), ("learning_rate", 1e25), ("epochs", 50L)), reports.Add, CancellationToken.None);

        var diverged = outcome.ShouldBeOfType<TrialOutcome.Diverged>();
        diverged.Epoch.ShouldBe(reports.Count + 1);
        diverged.Step.ShouldBeInRange(1, 15);
        diverged.Reason.ShouldMatch("^(training loss|validation loss|weight) is (NaN|-?Infinity)$");
        Directory.GetFiles(_temporary.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void StopEndsTheTrialBetweenBatches()
    {
        using var stop = new CancellationTokenSource();
        var reports = 0;

        var outcome = Trainer().Train(
            Spec(("epochs", 100000L)),
            _ =>
            {
                if (++reports == 2) stop.Cancel();
            },
            stop.Token);

        outcome.ShouldBe(new TrialOutcome.Stopped());
        reports.ShouldBe(2);
        Directory.GetFiles(_temporary.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void WrongParametersFailTheTrial()
    {
        var spec = Spec() with { Parameters = Spec().Parameters.With(new Dictionary<string, ParameterValue> { ["epochs"] = "ten" }) };

        Trainer().Train(spec, _ => { }, CancellationToken.None)
            .ShouldBe(new TrialOutcome.Failed("epochs is ten, must be a whole number from 1 to 100000"));
    }

    [Fact]
    public void ModelBeyondTheMachineFailsBeforeItTakesMemory() =>
        Trainer().Train(Spec(("width", 40000L), ("depth", 64L)), _ => { }, CancellationToken.None)
            .ShouldBeOfType<TrialOutcome.Failed>().Error.ShouldMatch("^training needs about [0-9.]+ GB, this machine has [0-9.]+ GB: ");

    [Fact]
    public void CheckpointThatCannotBeWrittenFailsTheTrial()
    {
        var file = Path.Combine(_temporary.FullName, "occupied");
        File.WriteAllText(file, "");
        var trainer = new TrialTrainer(ToyData.Data, KernelSet.Choose(KernelChoice.Auto), new CheckpointFolder(file), TimeProvider.System);

        trainer.Train(Spec(), _ => { }, CancellationToken.None).ShouldBeOfType<TrialOutcome.Failed>().Error.ShouldContain(file);
    }

    /// <summary>Between two epochs a report and a snapshot are made, and nothing in an epoch's steps, however many they are.</summary>
    [Theory]
    [MemberData(nameof(KernelSets))]
    public void StepsAllocateNothing(KernelChoice choice)
    {
        var (few, many) = (PerEpoch(batchSize: 64), PerEpoch(batchSize: 1));

        (many - few).ShouldBeLessThan(8000, "24 bytes in each of the 443 steps that the one has more would be beyond");

        long PerEpoch(long batchSize)
        {
            var allocated = new List<long>(10);
            Trainer(choice).Train(
                Spec(
                    ("epochs", 5L), ("dropout", 0.2), ("depth", 3L), ("batch_size", batchSize), ("flip", 0.5), ("mixup", 0.2),
                    ("schedule", "one_cycle"), ("gradient_clip", 1.0)),
                _ => allocated.Add(GC.GetAllocatedBytesForCurrentThread()), CancellationToken.None);
            return allocated.Zip(allocated.Skip(1), (before, after) => after - before).Min();
        }
    }

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void SmallMlpLearnsFashionMnist(KernelChoice choice)
    {
        var trainer = new TrialTrainer(RealData.Data, KernelSet.Choose(choice), Checkpoints, TimeProvider.System);

        var result = Completed(trainer.Train(Spec(("width", 128L), ("epochs", 3L), ("learning_rate", 0.001)), _ => { }, CancellationToken.None));

        result.Validation.Accuracy.ShouldBeGreaterThanOrEqualTo(0.86);
        result.Test.Accuracy.ShouldBeGreaterThanOrEqualTo(0.85);
    }

    private static TrialResult Completed(TrialOutcome outcome) => outcome.ShouldBeOfType<TrialOutcome.Completed>().Result;

    private TrialTrainer Trainer(KernelChoice choice = KernelChoice.Auto) => new(ToyData.Data, KernelSet.Choose(choice), Checkpoints, TimeProvider.System);

    private static TrialSpec Spec(params (string Name, ParameterValue Value)[] chosen)
    {
        var small = new Dictionary<string, ParameterValue>
        {
            ["depth"] = 1L,
            ["width"] = 32L,
            ["epochs"] = 2L,
            ["batch_size"] = 32L,
            ["learning_rate"] = 0.003,
        };
        foreach (var (name, value) in chosen) small[name] = value;
        return new TrialSpec(new TrialId("test", 1), TrainerCatalog.Parameters.Complete(new ParameterSet(small), sweepSeed: 1), Objective.Default);
    }

    private static Score TestScore(KernelChoice choice, IReadOnlyList<NamedTensor> tensors)
    {
        using var buffers = new NativeBuffers();
        using var kernels = KernelSet.Choose(choice).Open();
        var model = new Network(new MlpShape(64, [32], TrainingData.Classes, Dropout: 0).Plan, LossConfig.Default, ToyData.Data.Test.Count, buffers, kernels);
        model.Parameters.Import(tensors);
        var labels = new Batch(model.Input, PixelScaling.Of(Normalization.Unit, ToyData.Data))
            .Load(ToyData.Data.Test, Enumerable.Range(0, ToyData.Data.Test.Count).ToArray());
        var (loss, correct) = model.Score(labels);
        return new Score(loss / labels.Length, (double)correct / labels.Length);
    }
}
