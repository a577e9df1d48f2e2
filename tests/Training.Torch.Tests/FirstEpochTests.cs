using FashionSweep.EndToEnd.Tests;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;
using FashionSweep.Training.Tests;

namespace FashionSweep.Training.Torch.Tests;

/// <summary>
/// The first epoch of sweeps/seeds on both engines, on a part of the images. With dropout and Adam roundings part the two sooner or later, so that they
/// are as near as two trials of one configuration are, and no nearer.
/// </summary>
public sealed class FirstEpochTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("s2-vgg-cnn", 480, 0.02)]
    [InlineData("s4-cnn", 3200, 0.02)]
    public void ItEndsNearTheNativeEngines(string sweep, int images, double tolerance)
    {
        var (torch, native) = (FirstOf(sweep, images, new TorchEngine()), FirstOf(sweep, images, new NativeEngine(KernelSet.Choose(KernelChoice.OneDnn))));

        output.WriteLine($"{torch}\n{native}");
        torch.Train.Loss.ShouldBe(native.Train.Loss, tolerance * native.Train.Loss);
        torch.Validation.Loss.ShouldBe(native.Validation.Loss, tolerance * native.Validation.Loss);
    }

    private static EpochReport FirstOf(string sweep, int images, IEngine engine)
    {
        var file = Path.Combine(Repository.Root, "sweeps", "seeds", $"{sweep}.yaml");
        var asked = new TrialSource(sweep, SweepFile.Load(file, TrainerCatalog.Parameters).Spec).Next()!;
        var spec = asked with { Parameters = asked.Parameters.With(new ParameterSet(new Dictionary<string, ParameterValue> { ["precision"] = "fp32" })) };
        var folder = Directory.CreateTempSubdirectory();
        using var stop = new CancellationTokenSource();
        EpochReport? first = null;
        new TrialTrainer(Some(images), engine, new CheckpointFolder(folder.FullName), TimeProvider.System).Train(
            spec,
            report =>
            {
                first = report;
                stop.Cancel();
            },
            stop.Token).ShouldBeOfType<TrialOutcome.Stopped>();
        folder.Delete(recursive: true);
        return first!;
    }

    private static TrainingData Some(int images)
    {
        var (train, test) = (RealData.Data.Train, RealData.Data.Test);
        return new TrainingData(First(train, images), First(test, 64));

        static ImageSet First(ImageSet set, int count) => new(set.Pixels[..(count * TrainingData.FashionMnistImage.Count)], set.Labels[..count]);
    }
}
