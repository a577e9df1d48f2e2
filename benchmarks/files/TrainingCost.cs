using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Remote;
using FashionSweep.Training;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Files.Benchmarks;

/// <summary>The same trial with the engine alone, and with its snapshots sent to a coordinator in the same process, turn by turn.</summary>
internal static class TrainingCost
{
    private const int Runs = 7;
    private const int Epochs = 20;
    private const int Pixels = 28 * 28;

    public static void Measure(RemoteCheckpoints remote, string folder)
    {
        var images = new TrainingData(RandomImages(20_000, seed: 1), RandomImages(1000, seed: 2));
        var checkpoints = new CheckpointFolder(Path.Combine(folder, "node"));
        var engine = new TrialTrainer(images, new NativeEngine(KernelSet.Choose(KernelChoice.Auto)), checkpoints, TimeProvider.System);
        var (alone, sending) = (new List<double>(), new List<double>());
        var plugins = new PluginFolder(Path.Combine(folder, "node"));
        var trainer = new RemoteTrainer(new Engine(engine), engine.FindSnapshot, checkpoints, plugins, remote, TimeProvider.System);
        for (var run = 0; run < Runs; run++)
        {
            alone.AddRange(EpochSeconds(engine.Train, run));
            sending.AddRange(EpochSeconds(trainer.Train, run));
        }
        Console.WriteLine(
            FormattableString.Invariant($"an epoch of 784-128-64-10, median (tenth) of {alone.Count}: {Of(alone, 0.5):F1} ({Of(alone, 0.1):F1}) ms alone, ")
                + FormattableString.Invariant($"{Of(sending, 0.5):F1} ({Of(sending, 0.1):F1}) ms with snapshots sent"));
    }

    private static double[] EpochSeconds(Func<TrialSpec, Action<EpochReport>, CancellationToken, TrialOutcome> train, int run)
    {
        var parameters = new Dictionary<string, ParameterValue>
        {
            ["hidden"] = new ParameterValue.List([128L, 64L]),
            ["epochs"] = (long)Epochs,
            ["batch_size"] = 64L,
        };
        var spec = new TrialSpec(
            new TrialId("files", run + 1), TrainerCatalog.Parameters.Complete(new ParameterSet(parameters), sweepSeed: 1), Objective.Default);
        var seconds = new List<double>();
        var outcome = train(spec, report => seconds.Add(report.Seconds), default);
        return outcome is TrialOutcome.Completed ? [.. seconds] : throw new InvalidOperationException($"{outcome}");
    }

    private static double Of(List<double> seconds, double share) => 1000 * seconds.Order().ElementAt((int)(share * seconds.Count));

    private static ImageSet RandomImages(int count, int seed)
    {
        var pixels = new byte[count * Pixels];
        new Random(seed).NextBytes(pixels);
        return new ImageSet(pixels, [.. Enumerable.Range(0, count).Select(image => (byte)(image % TrainingData.Classes))]);
    }

    private sealed class Engine(TrialTrainer trainer) : ITrainer
    {
        public TrialOutcome Train(TrialSpec spec, Action<EpochReport> report, CancellationToken stop) => trainer.Train(spec, report, stop);
    }
}
