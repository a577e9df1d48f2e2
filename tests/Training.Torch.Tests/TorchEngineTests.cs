using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;
using FashionSweep.Training.Tests;
using FashionSweep.Training.Tests.Engines;

namespace FashionSweep.Training.Torch.Tests;

public sealed class TorchEngineTests : EngineContract
{
    protected override IEngine Engine { get; } = new TorchEngine();

    [Fact]
    public void ItSaysWhatComputes()
    {
        Engine.Name.ShouldBe("torchsharp");
        Engine.Description.ShouldStartWith("libtorch 2.10.0 TorchSharp 0.107.0 channels-last");
    }

    [Fact]
    public void BFloat16IsRefusedInWords()
    {
        var asked = new ParameterSet(new Dictionary<string, ParameterValue> { ["precision"] = "bf16" });
        var spec = new TrialSpec(new TrialId("test", 1), TrainerCatalog.Parameters.Complete(asked, sweepSeed: 1), Objective.Default);
        var folder = Directory.CreateTempSubdirectory();

        var outcome = new TrialTrainer(ToyData.Data, Engine, new CheckpointFolder(folder.FullName), TimeProvider.System)
            .Train(spec, _ => { }, CancellationToken.None);

        folder.Delete(recursive: true);
        outcome.ShouldBe(new TrialOutcome.Failed("precision is bf16, must be fp32 or auto with engine torchsharp"));
    }
}

public sealed class TorchEngineTrialTests : EngineTrialContract
{
    protected override IEngine Engine { get; } = new TorchEngine();

    protected override IEngine Other { get; } = new NativeEngine(KernelSet.Choose(KernelChoice.OneDnn));
}
