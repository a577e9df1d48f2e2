using System.Diagnostics;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Store.Benchmarks;

/// <summary>What a store of many trials of twenty epochs costs: each event, its size, and what is asked of it. In processor time first.</summary>
internal static class StoreCost
{
    private const int MostOfACommit = 512;

    public static void Measure(int trials)
    {
        var folder = Directory.CreateTempSubdirectory("fsweep-bench-");
        var (closed, killed) = (new StoreFolder(Path.Combine(folder.FullName, "closed")), new StoreFolder(Path.Combine(folder.FullName, "killed")));
        Write(closed, killed, trials);
        foreach (var question in StoreQuestions.Names) Ask(closed, question);
        if (Directory.Exists(killed.Path)) Ask(killed, "status");
        folder.Delete(recursive: true);
    }

    /// <param name="killed">Gets a copy of it with all that is in its log, where it is wanted.</param>
    public static void Write(StoreFolder closed, StoreFolder? killed, int trials)
    {
        using (var store = LiteStore.OpenForWriting(closed))
        {
            store.Add(SampleTrials.Sweep(trials));
            Fill(store, trials);
            Console.WriteLine($"working set {Environment.WorkingSet >> 20} MB");
            if (killed is not null) GoOn(store, trials + 1, closed, killed);
        }
        Console.WriteLine($"{new FileInfo(closed.Database).Length / 1e6:N0} MB");
    }

    private static void Fill(LiteStore store, int trials)
    {
        var part = Math.Max(1, trials / 10);
        var spent = new Spent();
        for (var first = 1; first <= trials; first += SampleTrials.AtOnce)
        {
            spent.Append(store, first, Math.Min(SampleTrials.AtOnce, trials - first + 1), MostOfACommit);
            var next = first + SampleTrials.AtOnce;
            if ((first - 1) / part == (next - 1) / part && next <= trials) continue;
            Console.WriteLine($"to {Math.Min(trials, next - 1),9:N0} trials: {spent}");
            spent = new Spent();
        }
    }

    private static void GoOn(LiteStore store, int next, StoreFolder closed, StoreFolder killed)
    {
        foreach (var size in new[] { 1, 10, 100, MostOfACommit }) Single(store, ref next, size);
        Copy(store, ref next, closed, killed);
    }

    private static void Single(LiteStore store, ref int next, int size)
    {
        var spent = new Spent();
        for (var time = 0; time < 2; time++, next += SampleTrials.AtOnce) spent.Append(store, next, SampleTrials.AtOnce, size);
        Console.WriteLine($"{size,4} a commit: {spent}");
    }

    // Just before the log is put into the database.
    private static void Copy(LiteStore store, ref int next, StoreFolder from, StoreFolder to)
    {
        var log = new FileInfo(from.Database + "-log");
        if (!log.Exists) return;
        for (; log.Length < 30 << 20; log.Refresh(), next += SampleTrials.AtOnce)
            new Spent().Append(store, next, SampleTrials.AtOnce, MostOfACommit);
        Directory.CreateDirectory(to.Path);
        foreach (var file in new[] { from.Database, log.FullName }) File.Copy(file, Path.Combine(to.Path, Path.GetFileName(file)));
    }

    private static void Ask(StoreFolder store, string question)
    {
        using var process = Process.Start(Environment.ProcessPath!, [typeof(StoreCost).Assembly.Location, "ask", store.Path, question]);
        process.WaitForExit();
    }

    private sealed class Spent
    {
        private TimeSpan _processor;
        private TimeSpan _clock;
        private int _events;
        private int _commits;

        public void Append(LiteStore store, int first, int count, int size)
        {
            var batches = SampleTrials.Of(first, count).Chunk(size).ToList();
            var (processor, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            foreach (var batch in batches) store.Append(batch);
            (_processor, _clock) = (_processor + (Environment.CpuUsage.TotalTime - processor), _clock + Stopwatch.GetElapsedTime(clock));
            (_events, _commits) = (_events + batches.Sum(batch => batch.Length), _commits + batches.Count);
        }

        public override string ToString() =>
            $"{_processor.TotalMicroseconds / _events,6:N1} µs an event, {_processor.TotalMilliseconds / _commits,7:N2} ms a commit; "
                + $"by the clock {_events / _clock.TotalSeconds,8:N0} events/s, {_clock.TotalMilliseconds / _commits,7:N2} ms a commit";
    }
}
