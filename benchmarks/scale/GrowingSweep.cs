namespace FashionSweep.Scale.Benchmarks;

/// <summary>What a trial costs while a sweep grows.</summary>
internal static class GrowingSweep
{
    private static readonly int[] Marks = [1_000, 10_000, 50_000, 99_000, BenchmarkSweep.Trials];

    // So that the first block is no measure of the compiler.
    private const int WarmUp = 50_000;

    public static IReadOnlyList<Block> Measure(BenchmarkSweep sweep)
    {
        new VirtualCluster(sweep.Spec).RunTo(WarmUp);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cluster = new VirtualCluster(sweep.Spec);
        var blocks = Marks.Select(mark => Run(cluster, mark, before)).ToList();
        if (cluster.Finished != BenchmarkSweep.Trials) throw new InvalidOperationException($"{sweep.Name} has ended with {cluster.Finished} trials.");
        return blocks;
    }

    private static Block Run(VirtualCluster cluster, int mark, long before)
    {
        var (first, epochs) = (cluster.Finished, cluster.Epochs);
        var (processor, allocated) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
        cluster.RunTo(mark);
        var trials = (double)(cluster.Finished - first);
        var microseconds = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / trials;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / trials;
        return new Block(
            first, cluster.Finished, microseconds, bytes, (cluster.Epochs - epochs) / trials, GC.GetTotalMemory(forceFullCollection: true) - before);
    }
}

/// <summary>Some trials in a row.</summary>
/// <param name="Microseconds">Of processor time for each trial, collecting garbage included.</param>
/// <param name="Bytes">Allocated for each trial.</param>
/// <param name="Epochs">That each trial has trained.</param>
/// <param name="Live">Bytes that the sweep holds at their end.</param>
internal sealed record Block(int From, int To, double Microseconds, double Bytes, double Epochs, long Live);
