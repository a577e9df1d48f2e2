using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live;

/// <summary>What was changed on a sweep, as people read it.</summary>
internal static class ChangeText
{
    /// <summary>As <c>extended by 10 trials</c>. Of the changes that only lower the total, of which pruning makes many, the last stands for all.</summary>
    public static IEnumerable<(DateTimeOffset At, string What)> Of(IReadOnlyList<ChangeRecord> changes, Repeats repeats)
    {
        var lowered = changes.Count(record => record.Change is SweepChange.FewerTrials);
        var last = changes.LastOrDefault(record => record.Change is SweepChange.FewerTrials);
        return changes.Where(record => record.Change is not SweepChange.FewerTrials || ReferenceEquals(record, last))
            .Select(record => (
                record.At,
                ReferenceEquals(record, last) && lowered > 1 ? $"{Of(record.Change, repeats)}, {lowered} times" : Of(record.Change, repeats)));
    }

    private static string Of(SweepChange change, Repeats repeats) => change switch
    {
        SweepChange.Paused => "paused",
        SweepChange.Resumed => "resumed",
        SweepChange.Extended extended => $"extended {string.Join(", ", PartsOf(extended, repeats.Seeds))}",
        SweepChange.FailedReopened(var trials) => $"{Counted.Of(trials.Count, "failed trial")} run again",
        SweepChange.FewerTrials => "fewer trials: configurations were pruned early, or there are no others",
        SweepChange.Ending(var how, _) => $"ending: {EnumText.Of(how).Replace('_', ' ')}",
        _ => throw new InvalidOperationException($"No text for {change.GetType().Name}."),
    };

    private static IEnumerable<string> PartsOf(SweepChange.Extended extended, int seeds)
    {
        if (extended.Given.Count > 0) yield return $"by {Best(extended.Given, seeds)}";
        // A grid that has grown is tried to its end, however much that is.
        if (extended.Configurations == int.MaxValue) yield return "to the end of the grid";
        else if (extended.Configurations > 0) yield return $"by {Counted.Of((long)extended.Configurations * seeds, "trial")}";
        foreach (var (name, domain) in extended.Parameters) yield return $"with {name} from {domain}";
    }

    private static string Best(IReadOnlyList<ParameterSet> given, int seeds)
    {
        var lengths = given.Select(parameters => parameters["epochs"]).Distinct().ToList();
        var trials = Counted.Of((long)given.Count * seeds, "trial");
        return lengths is [{ } epochs] ? $"{trials} of {epochs} epochs" : trials;
    }
}
