using System.Globalization;
using FashionSweep.Shared.Data;
using FashionSweep.Training.Benchmarks;
using FashionSweep.Training.Data;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Torch;

// Images trained per second by whole trials on engine torchsharp, a line for each of the named models: what computed, and the rate.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var images = FashionMnist.Load(folder: null);
var data = new TrainingData(images.Train, images.Test);
foreach (var name in args)
{
    var rate = Measurement.Run(data, BenchmarkModel.All.Single(model => model.Name == name), new TorchEngine(), Precision.Fp32);
    Console.WriteLine($"{rate.Engine} {rate.PerSecond}");
}
