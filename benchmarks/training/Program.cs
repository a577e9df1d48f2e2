using System.Globalization;
using FashionSweep.Shared.Data;
using FashionSweep.Training.Benchmarks;
using FashionSweep.Training.Data;
using FashionSweep.Training.Kernels;

// Images trained per second by whole trials as a node runs them, on one thread: median over the epochs after the first.
var images = FashionMnist.Load(folder: null);
var data = new TrainingData(images.Train, images.Test);
foreach (var model in BenchmarkModel.All.Where(model => args.Length == 0 || args.Contains(model.Name)))
    foreach (var (choice, precision) in new[] { (KernelChoice.OneDnn, "fp32"), (KernelChoice.OneDnn, "bf16"), (KernelChoice.Managed, "fp32") })
    {
        var (kernels, rate) = Measurement.Run(data, model, choice, precision);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{model.Name,-4} {$"{kernels} {precision}",-40} {rate,10:N0} images/s {rate * model.Flops / 1e9,8:N1} GFLOP/s"));
    }
