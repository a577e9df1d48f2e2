using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Data;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Networks;
using FashionSweep.Training.Tests.Networks;

namespace FashionSweep.Training.Tests;

public sealed class TrialTrainerTests : ToyTrials
{
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

    [Fact]
    public void ATrialThatGetsNoBetterEndsEarly()
    {
        var result = Completed(Trainer(KernelChoice.Managed).Train(
            Spec(("epochs", 50L), ("early_stopping", "validation_accuracy"), ("patience", 2L)), _ => { }, CancellationToken.None));

        result.Epochs.ShouldBeLessThan(50);
        (result.Epochs - result.BestEpoch).ShouldBe(3);
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
        var trainer = new TrialTrainer(RealData.Data, new NativeEngine(KernelSet.Choose(choice)), Checkpoints, TimeProvider.System);

        var result = Completed(trainer.Train(Spec(("width", 128L), ("epochs", 3L), ("learning_rate", 0.001)), _ => { }, CancellationToken.None));

        result.Validation.Accuracy.ShouldBeGreaterThanOrEqualTo(0.86);
        result.Test.Accuracy.ShouldBeGreaterThanOrEqualTo(0.85);
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
