using System.Diagnostics;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Conditions;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Store.Benchmarks;

/// <summary>What is asked of a large store, each in a process of its own: its answers, and the most memory that the first one took.</summary>
/// <remarks>Milliseconds of the processor, and by the clock. The first time includes the compilation of all that it takes.</remarks>
internal static class StoreQuestions
{
    private static readonly Dictionary<string, Func<LiteStore, object?>> All = new()
    {
        ["status"] = store => store.Tally(store.Sweeps()[0]),
        ["trial"] = store => store.Find(new TrialId(SampleTrials.Name, 7)),
        ["top 10"] = store => store.Top(SampleTrials.Name, 10),
        ["top 100"] = store => store.Top(SampleTrials.Name, 100),
        ["outlines"] = store => store.Outlines(SampleTrials.Name),
        ["trials"] = store => store.Trials(SampleTrials.Name),
        ["figures"] = store => store.FiguresOf(SampleTrials.Name),
        ["leaderboard"] = store => Ranked(store),
        ["filtered"] = store => Ranked(store).Where(Filter()).SortedBy("test_accuracy"),
        ["epochs"] = store => store.Epochs(SampleTrials.Name),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static void Ask(string folder, string name)
    {
        var (opened, answered) = (new List<string>(), new List<string>());
        Take(opened, () => Open(folder)).Dispose();
        using var store = Take(opened, () => Open(folder));
        Take(answered, () => All[name](store));
        var most = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        Take(answered, () => All[name](store));
        Console.WriteLine($"{name,-12} {string.Join(", again ", answered)}; opened in {string.Join(", again ", opened)}; {most} MB");
    }

    private static LiteStore Open(string folder) => LiteStore.OpenForReading(new StoreFolder(folder));

    private static T Take<T>(List<string> spent, Func<T> take)
    {
        var (processor, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var taken = take();
        spent.Add($"{(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds:N1} ms ({Stopwatch.GetElapsedTime(clock).TotalMilliseconds:N1})");
        return taken;
    }

    private static Leaderboard Ranked(LiteStore store) =>
        Leaderboard.Of(store.Sweeps()[0], store.FiguresOf(SampleTrials.Name), TrainerCatalog.Parameters);

    private static Condition Filter() => Condition.Parse(
        "optimizer = adam and batch_size > 64 and dropout < 0.25",
        Vocabulary.Of(TrainerCatalog.Parameters, TrialFields.NamesOf(TrainerCatalog.Parameters)));
}
