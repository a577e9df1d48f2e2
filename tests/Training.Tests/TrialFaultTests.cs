using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;

namespace FashionSweep.Training.Tests;

/// <summary>Trials that come to no result, and why.</summary>
public sealed class TrialFaultTests : ToyTrials
{
    [Fact]
    public void AnotherModelsCheckpointIsRefusedWithTheTensor()
    {
        var start = Completed(Trainer(KernelChoice.Managed).Train(Spec(("width", 16L)), _ => { }, CancellationToken.None)).Checkpoint.Sha256;

        var outcome = Trainer(KernelChoice.Managed).Train(Spec(("start_from", start)), _ => { }, CancellationToken.None);

        outcome.ShouldBe(new TrialOutcome.Failed("start_from has another model: layers.0.weight is 16 x 64 there, must be 32 x 64"));
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
        Directory.GetFiles(Temporary.FullName).ShouldBeEmpty();
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
        Directory.GetFiles(Temporary.FullName).ShouldBeEmpty();
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
        var file = Path.Combine(Temporary.FullName, "occupied");
        File.WriteAllText(file, "");
        var trainer = new TrialTrainer(ToyData.Data, new NativeEngine(KernelSet.Choose(KernelChoice.Auto)), new CheckpointFolder(file), TimeProvider.System);

        trainer.Train(Spec(), _ => { }, CancellationToken.None).ShouldBeOfType<TrialOutcome.Failed>().Error.ShouldContain(file);
    }
}
