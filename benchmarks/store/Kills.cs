using System.Diagnostics;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;

namespace FashionSweep.Store.Benchmarks;

/// <summary>Real processes that write to one store on this disk, each killed a while after its first word: what the tests do in part.</summary>
internal static class Kills
{
    // Commits follow each other within milliseconds; behind some hundreds of them the log is put into the database, and a kill is to strike there too.
    private const int LongestMilliseconds = 1500;

    /// <returns>How many of them cost anything.</returns>
    public static async Task<int> CountAsync(int kills)
    {
        var (folder, moments, start) = (Directory.CreateTempSubdirectory("fsweep-bench-"), new Random(1), Stopwatch.GetTimestamp());
        var writer = new KilledWriter(new StoreFolder(Path.Combine(folder.FullName, "store")), typeof(Kills).Assembly.Location);
        var (before, faulty) = (0, 0);
        for (var kill = 1; kill <= kills; kill++)
        {
            var said = await writer.KillAsync(TimeSpan.FromMilliseconds(moments.Next(LongestMilliseconds)));
            faulty += Tell(kill, writer.Faults(before, said));
            before = said;
        }
        faulty += Tell(kills, writer.Faults(0, before));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"{kills} kills of a writer, {before:N0} trials, {faulty} kills that cost something; {seconds:N0} s");
        folder.Delete(recursive: true);
        return faulty;
    }

    private static int Tell(int kill, IReadOnlyList<string> faults)
    {
        foreach (var fault in faults) Console.Error.WriteLine($"kill {kill}: {fault}");
        return faults.Count == 0 ? 0 : 1;
    }
}
