using System.Globalization;
using FashionSweep.Scale.Benchmarks;

// What the coordinator's decisions cost, trial by trial, as a sweep grows: no storing, no network, no training.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine($"{BenchmarkSweep.Trials:N0} trials of 8 parameters, on 16 nodes of 4 slots and a virtual clock\n");
Console.WriteLine($"{"",-8}{"trials",18}{"µs/trial",10}{"KB/trial",10}{"epochs/trial",14}{"live MB",9}");
foreach (var sweep in BenchmarkSweep.Long.Where(IsAsked))
{
    var blocks = GrowingSweep.Measure(sweep);
    foreach (var block in blocks)
        Console.WriteLine(
            $"{sweep.Name,-8}{$"{block.From + 1:N0}..{block.To:N0}",18}{block.Microseconds,10:N1}"
                + $"{block.Bytes / 1e3,10:N1}{block.Epochs,14:N2}{block.Live / 1e6,9:N1}");
    Console.WriteLine(
        $"{sweep.Name,-8}last block / first block: {blocks[^1].Microseconds / blocks[0].Microseconds:N2} of time, "
            + $"{blocks[^1].Bytes / blocks[0].Bytes:N2} of allocations\n");
}

Console.WriteLine($"{"",-8}{"ms/proposal after",20}{string.Concat(LearningSampler.Marks.Select(mark => $"{mark,16:N0}"))} finished trials, mean / worst");
foreach (var sweep in BenchmarkSweep.Learning.Where(IsAsked))
{
    try
    {
        Console.WriteLine($"{sweep.Name,-28}{string.Concat(LearningSampler.Measure(sweep).Select(cost => $"{$"{cost.Mean:N3} / {cost.Worst:N3}",16}"))}");
    }
    catch (InvalidOperationException missing)
    {
        Console.WriteLine($"{sweep.Name,-8}left out: {missing.Message}");
    }
}

bool IsAsked(BenchmarkSweep sweep) => args.Length == 0 || args.Contains(sweep.Name);
