using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;

namespace FashionSweep.Training.Benchmarks;

internal static class Measurement
{
    private const int Epochs = 6;

    /// <summary>Each kernel set and precision that this machine has.</summary>
    public static IEnumerable<Rate> All(TrainingData data, BenchmarkModel model)
    {
        (KernelChoice, Precision)[] all =
            [(KernelChoice.OneDnn, Precision.Fp32), (KernelChoice.OneDnn, Precision.Bf16), (KernelChoice.Managed, Precision.Fp32)];
        foreach (var (choice, precision) in all)
        {
            KernelSet? kernels = null;
            try
            {
                kernels = KernelSet.Choose(choice);
            }
            catch (KernelException missing)
            {
                Console.Error.WriteLine(missing.Message);
            }
            if (kernels is not null && kernels.Does(precision)) yield return Run(data, model, new NativeEngine(kernels), precision);
        }
    }

    /// <summary>A whole trial on the calling thread, by the processor's time; the median of its epochs after the first.</summary>
    public static Rate Run(TrainingData data, BenchmarkModel model, IEngine engine, Precision precision)
    {
        var chosen = new ParameterSet(model.Parameters).With(new ParameterSet(new Dictionary<string, ParameterValue>
        {
            ["precision"] = Named(precision),
            ["epochs"] = (long)Epochs,
            ["validation_fraction"] = 1.0 / model.Images,
        }));
        var spec = new TrialSpec(
            new TrialId("benchmark", 1), TrainerCatalog.Parameters.Complete(chosen, sweepSeed: 1), new Objective(Metric.TrainLoss, Goal.Minimize));
        var folder = Directory.CreateTempSubdirectory();
        var seconds = new List<double>();
        var outcome = new TrialTrainer(First(data, model.Images), engine, new CheckpointFolder(folder.FullName), new ProcessorTime())
            .Train(spec, epoch => seconds.Add(epoch.Seconds), CancellationToken.None);
        folder.Delete(recursive: true);
        if (outcome is not TrialOutcome.Completed) throw new InvalidOperationException($"{model.Name}: {outcome}");
        return new Rate($"{engine.Description} {Named(precision)}", (model.Images - 1) / seconds.Skip(1).Order().ElementAt((Epochs - 1) / 2));
    }

    private static string Named(Precision precision) => precision == Precision.Bf16 ? "bf16" : "fp32";

    private static TrainingData First(TrainingData data, int images) =>
        new(
            new ImageSet(data.Train.Pixels[..(images * data.PixelsPerImage)], data.Train.Labels[..images]),
            new ImageSet(data.Test.Pixels[..(64 * data.PixelsPerImage)], data.Test.Labels[..64]));
}
