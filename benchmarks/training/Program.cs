using System.Globalization;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using FashionSweep.Training;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Kernels;

// Images trained per second by whole trials as a node runs them, on one thread: median over the epochs after the first.
const int Epochs = 6;

var images = FashionMnist.Load(folder: null);
var data = new TrainingData(images.Train, images.Test);
(string Name, long[] Hidden, long BatchSize)[] models = [("S1 784-128-10, Adam, batch 32", [128], 32), ("S3 784-128-64-10, Adam, batch 64", [128, 64], 64)];
foreach (var (name, hidden, batchSize) in models)
    foreach (var choice in new[] { KernelChoice.OneDnn, KernelChoice.Managed })
        Console.WriteLine(Measure(data, name, hidden, batchSize, choice));

static string Measure(TrainingData data, string name, long[] hidden, long batchSize, KernelChoice choice)
{
    KernelSet kernels;
    try
    {
        kernels = KernelSet.Choose(choice);
    }
    catch (KernelException missing)
    {
        return $"{name,-34} {missing.Message}";
    }
    var chosen = new ParameterSet(new Dictionary<string, ParameterValue>
    {
        ["hidden"] = new ParameterValue.List([.. hidden.Select(units => new ParameterValue.Whole(units))]),
        ["batch_size"] = batchSize,
        ["epochs"] = (long)Epochs,
        ["validation_fraction"] = 1 / 60000.0,
    });
    var spec = new TrialSpec(new TrialId("benchmark", 1), Hyperparameters.Complete(chosen, sweepSeed: 1), new Objective(Metric.TrainLoss, Goal.Minimize));
    var folder = Directory.CreateTempSubdirectory();
    var seconds = new List<double>();
    var outcome = new TrialTrainer(data, kernels, new CheckpointFolder(folder.FullName), TimeProvider.System)
        .Train(spec, epoch => seconds.Add(epoch.Seconds), CancellationToken.None);
    folder.Delete(recursive: true);
    if (outcome is not TrialOutcome.Completed { Result: var result }) return $"{name,-34} {outcome}";
    var median = seconds.Skip(1).Order().ElementAt((Epochs - 1) / 2);
    return string.Create(CultureInfo.InvariantCulture, $"{name,-34} {kernels.Description,-32} {(60000 - 1) / median,9:N0} images/s   test accuracy {result.Test.Accuracy:F4}");
}
