using System.Diagnostics;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>What the store alone costs, by how many events share a commit.</summary>
internal static class StoreCost
{
    /// <summary>As it is asked for on the command line.</summary>
    public const string Name = "store";

    private const int WarmUp = 14_000;

    /// <summary>Of trials with one start, five reports and one end each.</summary>
    public static void Measure()
    {
        var workload = new Workload(Name, "", 1, 1, 60_000, 5, TimeSpan.Zero);
        Console.WriteLine($"{"events/commit",14}{"commits/s",11}{"events/s",10}{"ms/commit",11}{"processor µs/event",20}");
        foreach (var size in new[] { 1, 7, 64, 512 })
        {
            var folder = Directory.CreateTempSubdirectory("fsweep-bench-");
            using (var store = LiteStore.OpenForWriting(new StoreFolder(folder.FullName))) Measure(store, workload, size);
            folder.Delete(recursive: true);
        }
        MeasureReading(workload);
    }

    // What a coordinator does when it starts into its store.
    private static void MeasureReading(Workload workload)
    {
        var folder = Directory.CreateTempSubdirectory("fsweep-bench-");
        using (var store = LiteStore.OpenForWriting(new StoreFolder(folder.FullName)))
        {
            store.Add(new SweepRecord(workload.Name, "", "", workload.Spec.Objective, workload.Trials, DateTimeOffset.UnixEpoch));
            foreach (var batch in Events(workload).Chunk(512)) store.Append(batch);
            var bytes = folder.EnumerateFiles().Sum(file => file.Length);
            var (trials, ofTrials) = Read(() => store.Trials(workload.Name).Count);
            var (reports, ofReports) = Read(() => store.Epochs(workload.Name).Count);
            Console.WriteLine(
                $"{trials:N0} trials with {reports:N0} reports: {bytes / 1e6:N0} MB; "
                    + $"read again in {ofTrials.TotalSeconds:N1} s and {ofReports.TotalSeconds:N1} s of processor time");
        }
        folder.Delete(recursive: true);
    }

    private static (int Count, TimeSpan Processor) Read(Func<int> read)
    {
        var processor = Environment.CpuUsage.TotalTime;
        return (read(), Environment.CpuUsage.TotalTime - processor);
    }

    private static void Measure(LiteStore store, Workload workload, int size)
    {
        store.Add(new SweepRecord(workload.Name, "", "", workload.Spec.Objective, workload.Trials, DateTimeOffset.UnixEpoch));
        List<SweepEvent> events = [.. Events(workload)];
        foreach (var batch in events.Take(WarmUp).Chunk(512)) store.Append(batch);
        var (start, processor, appended, commits) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, 0, 0);
        foreach (var batch in events.Skip(WarmUp).Chunk(size))
        {
            store.Append(batch);
            (appended, commits) = (appended + batch.Length, commits + 1);
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > 3) break;
        }
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var spent = Environment.CpuUsage.TotalTime - processor;
        Console.WriteLine(
            $"{size,14}{commits / seconds,11:N0}{appended / seconds,10:N0}{seconds * 1e3 / commits,11:N2}{spent.TotalMicroseconds / appended,20:N1}");
    }

    private static IEnumerable<SweepEvent> Events(Workload workload)
    {
        var source = new TrialSource(workload.Name, workload.Spec);
        var node = new NodeId("node-1");
        while (source.Next() is { } spec)
        {
            var lease = new Lease(spec.Id, node, 1);
            yield return new SweepEvent.TrialStarted(DateTimeOffset.UnixEpoch, lease, spec);
            for (var epoch = 1; epoch <= workload.Epochs; epoch++)
                yield return new SweepEvent.EpochEnded(DateTimeOffset.UnixEpoch, lease, FakeTrainer.Epoch(spec, epoch));
            yield return new SweepEvent.TrialFinished(DateTimeOffset.UnixEpoch, lease, TrialState.Completed, FakeTrainer.Result(spec, workload.Epochs), null);
        }
    }
}
