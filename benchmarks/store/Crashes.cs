using System.Diagnostics;
using FashionSweep.Coordinator.Tests.Storage.Durable;

namespace FashionSweep.Store.Benchmarks;

/// <summary>A kill and three power cuts at each moment of a long run: what its tests look at in part.</summary>
internal static class Crashes
{
    private const int CutsOfAMoment = 3;

    /// <returns>How many of them cost anything.</returns>
    public static int Count(int seed)
    {
        var (run, chance, start) = (new RecordedRun(seed, transactions: 300, checkpoint: 5 + (seed % 9)), new Random(seed), Stopwatch.GetTimestamp());
        var (kills, cuts) = (0, 0);
        for (var disk = new CrashedDisk(run.Disk.Steps); !disk.IsAtEnd; disk.Advance())
        {
            kills += Faults(run, disk.Killed(), disk.Moment);
            for (var cut = 0; cut < CutsOfAMoment; cut++) cuts += Faults(run, disk.PowerCut(chance), disk.Moment);
        }
        var moments = run.Disk.Steps.Count;
        Console.WriteLine(
            $"seed {seed}: {moments:N0} kills, {kills} faults; {CutsOfAMoment * moments:N0} power cuts, {cuts} faults; "
                + $"{Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s");
        return kills + cuts;
    }

    private static int Faults(RecordedRun run, RecordedDisk left, int moment)
    {
        if (run.FaultOf(left, moment) is not { } fault) return 0;
        Console.Error.WriteLine($"moment {moment}: {fault}");
        return 1;
    }
}
