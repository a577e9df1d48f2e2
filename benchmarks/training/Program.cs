using System.Globalization;
using FashionSweep.Shared.Data;
using FashionSweep.Training.Benchmarks;
using FashionSweep.Training.Data;

// Images trained per second, on one thread: ours by whole trials as a node runs them, on both engines, PyTorch's by pytorch.py, model by
// model side by side.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var images = FashionMnist.Load(folder: null);
var data = new TrainingData(images.Train, images.Test);
var peak = Peak.Float32();
Console.WriteLine($"Peak of one core in fp32, by multiply-adds in registers: {peak / 1e9:N0} GFLOP/s\n");
Console.WriteLine($"{"",-5}{"",-42}{"images/s",10}{"GFLOP/s",10}{"of peak",9}{"x tuned fp32",14}{"x best bf16",13}");
foreach (var model in BenchmarkModel.All.Where(model => args.Length == 0 || args.Contains(model.Name)))
{
    var theirs = Peers.PyTorch(model.Name);
    var ours = Measurement.All(data, model).Concat(Peers.TorchSharp(model.Name));
    foreach (var rate in theirs.Concat(ours))
    {
        var flops = rate.PerSecond * model.Flops;
        Console.WriteLine(
            $"{model.Name,-5}{rate.Engine,-42}{rate.PerSecond,10:N0}{flops / 1e9,10:N1}{flops / peak,9:P0}{Ratio("tuned"),14}{Ratio("tuned_bf16"),13}");

        string Ratio(string way) => theirs.FirstOrDefault(other => other.Engine.EndsWith($" {way}", StringComparison.Ordinal)) is { } other
            ? $"{rate.PerSecond / other.PerSecond:N2}"
            : "";
    }
}
