using System.Globalization;
using FashionSweep.Shared.Data;
using FashionSweep.Training.Benchmarks;
using FashionSweep.Training.Data;

// Images trained per second of the processor, on one thread: ours by whole trials as a node runs them, on both engines, PyTorch's by pytorch.py. Model by
// model all of them by turns, and of each the median.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Turns = 3;
var images = FashionMnist.Load(folder: null);
var data = new TrainingData(images.Train, images.Test);
var peak = Peak.Float32();
Console.WriteLine($"Peak of one core in fp32, by multiply-adds in registers: {peak / 1e9:N0} GFLOP/s\n");
Console.WriteLine($"{"",-5}{"",-42}{"images/s",10}{"GFLOP/s",10}{"of peak",9}{"x tuned fp32",14}{"x fused fp32",14}{"x best bf16",13}");
foreach (var model in BenchmarkModel.All.Where(model => args.Length == 0 || args.Contains(model.Name)))
{
    var measured = Enumerable.Range(0, Turns)
        .SelectMany(_ => Peers.PyTorch(model.Name).Concat(Measurement.All(data, model)).Concat(Peers.TorchSharp(model.Name))).ToList();
    List<Rate> rates =
    [
        .. measured.GroupBy(rate => rate.Engine, (engine, turns) => new Rate(engine, turns.Select(turn => turn.PerSecond).Order().ElementAt(Turns / 2))),
    ];
    foreach (var rate in rates)
    {
        var flops = rate.PerSecond * model.Flops;
        Console.WriteLine(
            $"{model.Name,-5}{rate.Engine,-42}{rate.PerSecond,10:N0}{flops / 1e9,10:N1}{flops / peak,9:P0}"
            + $"{Ratio("tuned"),14}{Ratio("tuned_fused"),14}{Ratio("tuned_bf16"),13}");

        string Ratio(string way) => rates.FirstOrDefault(other => other.Engine.EndsWith($" {way}", StringComparison.Ordinal)) is { } other
            ? $"{rate.PerSecond / other.PerSecond:N2}"
            : "";
    }
}
