using System.Collections.Concurrent;
using System.Text;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using FashionSweep.Training;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;

namespace FashionSweep.Cluster.Tests;

/// <summary>What trials come to when nothing befalls them: trained in this process, each once for all that ask for it.</summary>
internal static class Undisturbed
{
    private static readonly ConcurrentDictionary<(ParameterSet, Objective), Lazy<Outcome>> Known = [];
    private static readonly Lazy<TrialTrainer> Trainer = new(CreateTrainer);

    /// <param name="sweep">The text of its file. It may have any name.</param>
    /// <returns>Of its trials, by their numbers.</returns>
    public static IReadOnlyDictionary<int, Outcome> Of(string sweep)
    {
        var source = new TrialSource("undisturbed", SweepFile.Parse("undisturbed.yaml", Encoding.UTF8.GetBytes(sweep), TrainerCatalog.Parameters).Spec);
        var outcomes = new SortedDictionary<int, Outcome>();
        while (source.Next() is { } trial)
            outcomes[trial.Id.Number] = Known.GetOrAdd((trial.Parameters, trial.Objective), _ => new Lazy<Outcome>(() => Train(trial))).Value;
        return outcomes;
    }

    private static Outcome Train(TrialSpec trial) => Outcome.Of(
        Trainer.Value.Train(trial, _ => { }, CancellationToken.None).ShouldBeOfType<TrialOutcome.Completed>().Result);

    private static TrialTrainer CreateTrainer()
    {
        var folder = Directory.CreateTempSubdirectory("fsweep-undisturbed-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var images = FashionMnist.Load(PlainImages.Folder);
        return new TrialTrainer(
            new TrainingData(images.Train, images.Test), new NativeEngine(KernelSet.Choose(KernelChoice.Auto)), new CheckpointFolder(folder.FullName),
            TimeProvider.System);
    }
}
