using System.Diagnostics;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Store.Benchmarks;

/// <summary>What a store of many trials of twenty epochs costs: each event, its size, its start and what is asked of it. In processor time first.</summary>
internal static class StoreCost
{
    private const int Epochs = 20;
    private const int AtOnce = 64;
    private const int MostOfACommit = 512;
    private const string Name = "cost";

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TrialEnvironment Machine = new("managed Vector512", "fp32", "0.1.0", "a processor", ".NET 10", "an OS", "a host");

    public static void Measure(int trials)
    {
        var folder = Directory.CreateTempSubdirectory("fsweep-bench-");
        var store = new StoreFolder(folder.FullName);
        using (var open = LiteStore.OpenForWriting(store)) Write(open, trials);
        Console.WriteLine($"{new FileInfo(store.Database).Length / 1e6:N0} MB, working set {Environment.WorkingSet >> 20} MB");
        using (var open = Take("open, closed before", () => LiteStore.OpenForWriting(store))) Read(open);
        folder.Delete(recursive: true);
    }

    private static void Write(LiteStore store, int trials)
    {
        store.Add(new SweepRecord(Name, "cost.yaml", "name: cost\n", Objective.Default, trials, Start));
        var (events, part) = (0, Math.Max(1, trials / 10));
        var (processor, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        for (var first = 1; first <= trials; first += AtOnce)
        {
            foreach (var batch in Of(first, Math.Min(AtOnce, trials - first + 1)).Chunk(MostOfACommit))
            {
                store.Append(batch);
                events += batch.Length;
            }
            if ((first - 1) / part == (first - 1 + AtOnce) / part && first + AtOnce <= trials) continue;
            var spent = Environment.CpuUsage.TotalTime - processor;
            Console.WriteLine(
                $"to {Math.Min(trials, first + AtOnce - 1),9:N0} trials: {spent.TotalMicroseconds / events,6:N1} µs an event, "
                    + $"{events / Stopwatch.GetElapsedTime(clock).TotalSeconds,8:N0} events/s by the clock");
            (events, processor, clock) = (0, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        }
        foreach (var size in new[] { 1, 10, 100 }) Single(store, trials += AtOnce, size);
    }

    private static void Single(LiteStore store, int first, int size)
    {
        var (processor, clock, events, commits) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), 0, 0);
        foreach (var batch in Of(first, AtOnce).Chunk(size).Take(300))
        {
            store.Append(batch);
            (events, commits) = (events + batch.Length, commits + 1);
        }
        // All of them end, so that the next begin.
        foreach (var batch in Of(first, AtOnce).Skip(events).Chunk(MostOfACommit)) store.Append(batch);
        var spent = Environment.CpuUsage.TotalTime - processor;
        Console.WriteLine(
            $"{size,4} a commit: {spent.TotalMicroseconds / (AtOnce * (Epochs + 2)),7:N0} µs an event with the rest, "
                + $"{Stopwatch.GetElapsedTime(clock).TotalMilliseconds / commits:N2} ms a commit by the clock");
    }

    private static void Read(LiteStore store)
    {
        var sweep = store.Sweeps()[0];
        for (var time = 0; time < 2; time++) Take(time == 0 ? "status, first" : "status, again", () => store.Tally(sweep));
        Take("a trial", () => store.Find(new TrialId(Name, 7)));
        Take("outlines", () => store.Outlines(Name).Count);
        Take("all trials", () => store.Trials(Name).Count);
        Take("all epochs", () => store.Epochs(Name).Count);
        Console.WriteLine($"working set {Environment.WorkingSet >> 20} MB");
    }

    private static T Take<T>(string what, Func<T> take)
    {
        var (processor, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var taken = take();
        Console.WriteLine(
            $"{what}: {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds:N1} ms, "
                + $"{Stopwatch.GetElapsedTime(clock).TotalMilliseconds:N1} ms by the clock");
        return taken;
    }

    // Trials that run at once, epoch by epoch.
    private static IEnumerable<SweepEvent> Of(int first, int count)
    {
        var leases = Enumerable.Range(first, count).Select(number => new Lease(new TrialId(Name, number), new NodeId("node-1"), 1)).ToList();
        foreach (var lease in leases) yield return new SweepEvent.TrialStarted(Start, lease, Spec(lease.Trial));
        for (var epoch = 1; epoch <= Epochs; epoch++)
            foreach (var lease in leases) yield return new SweepEvent.EpochEnded(Start, lease, Epoch(lease.Trial.Number, epoch));
        foreach (var lease in leases) yield return new SweepEvent.TrialFinished(Start, lease, TrialState.Completed, Result(lease.Trial.Number), null);
    }

    private static TrialSpec Spec(TrialId id)
    {
        var chosen = new Dictionary<string, ParameterValue> { ["learning_rate"] = 1.0 / id.Number, ["epochs"] = (long)Epochs };
        return new TrialSpec(id, TrainerCatalog.Parameters.Complete(new ParameterSet(chosen), sweepSeed: 7), Objective.Default);
    }

    private static EpochReport Epoch(int trial, int epoch)
    {
        var loss = (trial * 0.6180339887498949 % 1) + (1.0 / epoch);
        return new EpochReport(epoch, new Score(loss, 1 / (1 + loss)), new Score(loss + 0.1, 1 / (1.1 + loss)), 1.5);
    }

    private static TrialResult Result(int trial)
    {
        var last = Epoch(trial, Epochs);
        var sha = $"{(ulong)trial * 0x9E3779B97F4A7C15:x16}{trial:x48}";
        return new TrialResult(Epochs, Epochs, last.Train, last.Validation, last.Validation, 109_386, sha, 30, new Checkpoint(sha, 437_544), Machine);
    }
}
