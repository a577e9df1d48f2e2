using System.Globalization;
using FashionSweep.Coordinator.Records;

namespace FashionSweep.Coordinator.Live;

/// <summary>Which sweep of a store a run works on: a new one, or one that it goes on with.</summary>
public abstract record SweepChoice
{
    private SweepChoice()
    {
    }

    /// <param name="Unfinished">An earlier run of the same file that was never finished, if there is one.</param>
    public sealed record Fresh(string Name, SweepRecord? Unfinished) : SweepChoice;

    public sealed record GoOn(SweepRecord Sweep) : SweepChoice;

    public sealed record AlreadyComplete(SweepRecord Sweep) : SweepChoice;

    public sealed record NothingToResume(string Reason) : SweepChoice;

    /// <summary>A second run of a file is a sweep of its own, called name-2, name-3 and so on.</summary>
    public static Fresh ForRun(IReadOnlyList<SweepRecord> stored, string name, string source)
    {
        var runs = RunsOf(stored, name);
        var number = runs.Count == 0 ? 1 : runs.Max(run => run.Number) + 1;
        var unfinished = runs.LastOrDefault(run => run.Sweep.Source == source && run.Sweep.End?.IsFinal() != true).Sweep;
        return new Fresh(number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"), unfinished);
    }

    /// <summary>The latest unfinished run of the file goes on. Only the same text makes the same trials, and with a plug-in only the same one.</summary>
    /// <param name="plugin">The SHA-256 of the one that is given; null: none is, and the sweep's own will do.</param>
    public static SweepChoice ForResume(IReadOnlyList<SweepRecord> stored, string name, string source, string file, string? plugin = null)
    {
        var runs = RunsOf(stored, name);
        if (runs.Count == 0) return new NothingToResume($"there is no sweep called {name} in this store; without --resume it starts");
        var same = runs.Where(run => run.Sweep.Source == source).Select(run => run.Sweep).ToList();
        if (same.Count == 0)
            return new NothingToResume(
                $"{file} has changed since {runs[^1].Sweep.Name} was started, and other trials can't go on with it; without --resume it starts as a new sweep");
        if (plugin is not null && same.RemoveAll(sweep => sweep.Own?.Plugin != plugin) > 0 && same.Count == 0)
            return new NothingToResume($"the plug-in has changed since {runs[^1].Sweep.Name} was started; without --resume it starts as a new sweep");
        return same.LastOrDefault(sweep => sweep.End?.IsFinal() != true) is { } unfinished ? new GoOn(unfinished) : new AlreadyComplete(same[^1]);
    }

    private static List<(SweepRecord Sweep, int Number)> RunsOf(IReadOnlyList<SweepRecord> stored, string name) =>
        [.. stored.Select(sweep => (Sweep: sweep, Number: RunNumber(sweep.Name, name))).Where(run => run.Number > 0).OrderBy(run => run.Number)];

    private static int RunNumber(string sweep, string name)
    {
        if (sweep == name) return 1;
        if (!sweep.StartsWith(name + "-", StringComparison.Ordinal)) return 0;
        return int.TryParse(sweep.AsSpan(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 2 ? number : 0;
    }
}
