using System.Diagnostics;
using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>What a coordinator's start into a large store costs, by how the sweep chooses and prunes; and what readers of such a store pay.</summary>
internal static class StartCost
{
    /// <summary>As it is asked for on the command line.</summary>
    public const string Name = "start";

    private const int Epochs = 20;
    private const int Running = 64;

    public static void Measure(bool isShort)
    {
        Console.WriteLine($"{"trials",9}{"reports",11}{"MB",6}  {"what",-26}{"processor s",12}{"s",8}");
        // The first is too small to count: it lets the runtime compile.
        foreach (var trials in isShort ? [1_000, 10_000] : new[] { 1_000, 10_000, 100_000 })
        {
            var folder = new StoreFolder(Directory.CreateTempSubdirectory("fsweep-bench-").FullName);
            using (var store = LiteStore.OpenForWriting(folder)) Measure(store, folder, trials);
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    private static void Measure(LiteStore store, StoreFolder folder, int trials)
    {
        var drawn = FileOf("random", "none", trials);
        var sweep = new SweepRecord(Name, drawn.Path, drawn.Source, drawn.Spec.Objective, trials + 1, DateTimeOffset.UnixEpoch);
        store.Add(sweep);
        foreach (var batch in Events(drawn.Spec, trials).Chunk(512)) store.Append(batch);
        foreach (var (method, pruning) in new[]
        {
            ("random", "none"), ("random", "patience"), ("random", "asha"), ("random", "median"), ("tpe", "none"), ("tpe", "asha"),
        })
            Line($"start: {method}, {pruning}", () => Start(FileOf(method, pruning, trials), sweep, store, folder));
        Line("status", () => SweepStanding.Of(sweep, store));
        Line("leaderboard", () => Leaderboard.Of(sweep, store.FiguresOf(Name), TrainerCatalog.Parameters));

        void Line(string what, Action work)
        {
            var (start, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            work();
            var bytes = new FileInfo(folder.Database).Length;
            Console.WriteLine(
                $"{trials,9:N0}{trials * Epochs,11:N0}{bytes / 1e6,6:N0}  "
                    + $"{what,-26}{(Environment.CpuUsage.TotalTime - processor).TotalSeconds,12:N2}{Stopwatch.GetElapsedTime(start).TotalSeconds,8:N2}");
        }
    }

    // All that happens before nodes are met.
    private static void Start(SweepFile file, SweepRecord sweep, LiteStore store, StoreFolder folder)
    {
        var launch = SweepLaunch.Of(file, sweep, store, folder, staysPaused: true);
        SweepProgress.After(launch.Tally);
    }

    private static SweepFile FileOf(string method, string pruning, int trials) => Search.Of(Name, trials + 1, Epochs, method, pruning);

    private static IEnumerable<SweepEvent> Events(SweepSpec spec, int trials)
    {
        var (source, at) = (new TrialSource(Name, spec), DateTimeOffset.UnixEpoch);
        for (var number = 1; number <= trials && source.Next() is { } trial; number++)
        {
            var lease = new Lease(trial.Id, new NodeId($"node-{number % Running}"), 1);
            yield return new SweepEvent.TrialStarted(at = at.AddSeconds(1), lease, trial);
            for (var epoch = 1; epoch <= Epochs; epoch++) yield return new SweepEvent.EpochEnded(at, lease, FakeTrainer.Epoch(trial, epoch));
            if (number <= trials - Running)
                yield return new SweepEvent.TrialFinished(at.AddSeconds(Epochs), lease, TrialState.Completed, FakeTrainer.Result(trial, Epochs), null);
        }
    }
}
