using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;

namespace FashionSweep.Training.Tests;

/// <summary>A trial that was broken off, at any epoch, ends with the bits of one that was not.</summary>
public sealed class SnapshotTests : IDisposable
{
    private const int Epochs = 5;

    private static readonly Dictionary<string, (string Name, ParameterValue Value)[]> Trials = new()
    {
        ["S3"] = [("hidden", List(128L, 64L)), ("dropout", 0.2), ("flip", 0.5), ("shift", 1L)],
        ["S4"] =
        [
            ("layers", List("conv 8 3x3", "max_pool", "conv 16 2x2", "batch_norm", "flatten", "dense 16", "dropout 0.5")),
            ("shift", 1L), ("mixup", 0.2), ("schedule", "one_cycle"),
        ],
        ["sgd"] = [("optimizer", "sgd"), ("momentum", 0.9), ("schedule", "plateau"), ("plateau_patience", 0L)],
        ["nadam"] = [("optimizer", "nadam"), ("gradient_clip", 0.5)],
        ["rmsprop"] = [("optimizer", "rmsprop"), ("early_stopping", "validation_loss")],
        ["adagrad"] = [("optimizer", "adagrad")],
        ["lion"] = [("optimizer", "lion"), ("weight_decay", 0.1)],
    };

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory();

    public static TheoryData<KernelChoice, string, int> Breaks
    {
        get
        {
            var breaks = new TheoryData<KernelChoice, string, int>();
            foreach (var name in Trials.Keys)
                for (var epoch = 1; epoch < Epochs; epoch++) breaks.Add(epoch % 2 == 0 ? KernelChoice.OneDnn : KernelChoice.Managed, name, epoch);
            return breaks;
        }
    }

    public void Dispose() => _temporary.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Breaks))]
    public void ABrokenTrialEndsWithTheSameBits(KernelChoice choice, string name, int epoch)
    {
        var straight = Train(choice, name, "straight").Result;

        Break(choice, name, "broken", epoch);
        var (resumed, reports) = Train(choice, name, "broken");

        resumed.WeightsSha256.ShouldBe(straight.WeightsSha256);
        (resumed.BestEpoch, resumed.Epochs, resumed.Validation, resumed.Test)
            .ShouldBe((straight.BestEpoch, straight.Epochs, straight.Validation, straight.Test));
        reports.Select(report => report.Epoch).ShouldBe(Enumerable.Range(1, straight.Epochs));
        Directory.GetFiles(Snapshots("broken")).ShouldBeEmpty();
    }

    [Fact]
    public void WhatWasTrainedBeforeTheBreakIsNotTrainedAgain()
    {
        var before = Break(KernelChoice.Managed, "S3", "broken", epoch: 3);

        var (_, after) = Train(KernelChoice.Managed, "S3", "broken");

        after.Take(2).ShouldBe(before.Take(2));
    }

    [Theory]
    [InlineData("cut short")]
    [InlineData("one byte changed")]
    [InlineData("empty")]
    public void ADamagedSnapshotIsNotUsed(string damage)
    {
        var straight = Train(KernelChoice.Managed, "S3", "straight").Result;
        Break(KernelChoice.Managed, "S3", "broken", epoch: 3);
        var file = Directory.GetFiles(Snapshots("broken")).ShouldHaveSingleItem();
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(file, damage switch { "cut short" => bytes[..(bytes.Length / 2)], "empty" => [], _ => bytes });

        var (result, reports) = Train(KernelChoice.Managed, "S3", "broken");

        result.WeightsSha256.ShouldBe(straight.WeightsSha256);
        reports.Count.ShouldBe(Epochs);
    }

    [Fact]
    public void AnotherRecordHasASnapshotOfItsOwn()
    {
        Break(KernelChoice.Managed, "S3", "shared", epoch: 3);

        Train(KernelChoice.Managed, "sgd", "shared").Result.WeightsSha256.ShouldBe(Train(KernelChoice.Managed, "sgd", "straight").Result.WeightsSha256);
    }

    [Fact]
    public void WithoutAFolderToWriteToATrialGoesOn()
    {
        Directory.CreateDirectory(Path.Combine(_temporary.FullName, "blocked"));
        File.WriteAllText(Snapshots("blocked"), "a file where the folder would be");

        Train(KernelChoice.Managed, "S3", "blocked").Result.Epochs.ShouldBe(Epochs);
    }

    private (TrialResult Result, List<EpochReport> Reports) Train(KernelChoice choice, string name, string folder)
    {
        var reports = new List<EpochReport>();
        var outcome = Trainer(choice, folder).Train(Spec(name), reports.Add, CancellationToken.None);
        return (outcome.ShouldBeOfType<TrialOutcome.Completed>(outcome.ToString()).Result, reports);
    }

    private List<EpochReport> Break(KernelChoice choice, string name, string folder, int epoch)
    {
        using var stop = new CancellationTokenSource();
        var reports = new List<EpochReport>();
        Trainer(choice, folder).Train(
            Spec(name),
            report =>
            {
                reports.Add(report);
                if (report.Epoch == epoch) stop.Cancel();
            },
            stop.Token).ShouldBeOfType<TrialOutcome.Stopped>();
        return reports;
    }

    private TrialTrainer Trainer(KernelChoice choice, string folder) =>
        new(ToyData.Data, new NativeEngine(KernelSet.Choose(choice)), new CheckpointFolder(Path.Combine(_temporary.FullName, folder)), TimeProvider.System);

    private string Snapshots(string folder) => Path.Combine(_temporary.FullName, folder, "snapshots");

    private static TrialSpec Spec(string name)
    {
        var parameters = Trials[name].Append(("epochs", (long)Epochs)).Append(("batch_size", 32L)).ToDictionary(pair => pair.Item1, pair => pair.Item2);
        return new TrialSpec(new TrialId("test", 1), TrainerCatalog.Parameters.Complete(new ParameterSet(parameters), sweepSeed: 1), Objective.Default);
    }

    private static ParameterValue.List List(params ParameterValue[] items) => new(items);
}
