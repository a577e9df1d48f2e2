using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;

namespace FashionSweep.Training.Tests;

/// <summary>Trials of a toy set of images, each of a moment.</summary>
public abstract class ToyTrials : IDisposable
{
    public static TheoryData<KernelChoice> KernelSets => [KernelChoice.OneDnn, KernelChoice.Managed];

    protected DirectoryInfo Temporary { get; } = Directory.CreateTempSubdirectory();

    protected CheckpointFolder Checkpoints => new(Temporary.FullName);

    public void Dispose()
    {
        Temporary.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static TrialResult Completed(TrialOutcome outcome) => outcome.ShouldBeOfType<TrialOutcome.Completed>().Result;

    protected TrialTrainer Trainer(KernelChoice choice = KernelChoice.Auto) =>
        new(ToyData.Data, new NativeEngine(KernelSet.Choose(choice)), Checkpoints, TimeProvider.System);

    protected static TrialSpec Spec(params (string Name, ParameterValue Value)[] chosen)
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
}
