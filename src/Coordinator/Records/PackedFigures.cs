using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <summary>The figures of a sweep's trials, or some of them, as bytes: as they are stored and sent.</summary>
/// <param name="First">The parameters of one trial, the sweep's first where it is stored: of each only what differs from them is in the bytes.</param>
/// <param name="Parts">Of a trial that comes again the last counts.</param>
/// <param name="Next">How many parts came before those that follow; null where none do.</param>
public sealed record PackedFigures(ParameterSet First, IReadOnlyList<byte[]> Parts, int? Next = null)
{
    public static PackedFigures None { get; } = new(ParameterSet.Empty, []);

    public static PackedFigures Of(IReadOnlyList<TrialRecord> trials)
    {
        if (trials.Count == 0) return None;
        var first = trials[0].Spec.Parameters;
        return new PackedFigures(first, [.. trials.Select(trial => FigureBytes.Of(first, trial))]);
    }
}

public static class Figures
{
    /// <summary>Unpacks them, by number.</summary>
    /// <param name="pages">One after the other: of each the <c>Next</c> leads to the one that follows.</param>
    public static IReadOnlyList<TrialFigures> Read(string sweep, IEnumerable<PackedFigures> pages)
    {
        var read = new List<TrialFigures>();
        FigureReader? reader = null;
        foreach (var page in pages)
        {
            reader ??= new FigureReader(sweep, page.First);
            foreach (var part in page.Parts) reader.Read(part, read);
        }
        return InOrder(read);
    }

    // Of a trial that came more than once the last stays.
    private static TrialFigures[] InOrder(List<TrialFigures> read)
    {
        var (trials, keys, count) = (read.ToArray(), new long[read.Count], 0);
        for (var at = 0; at < keys.Length; at++) keys[at] = ((long)trials[at].Id.Number << 32) | (uint)at;
        Array.Sort(keys, trials);
        for (var at = 0; at < trials.Length; at++)
            if (at + 1 == trials.Length || trials[at + 1].Id.Number != trials[at].Id.Number) trials[count++] = trials[at];
        return count == trials.Length ? trials : trials[..count];
    }

    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<TrialFigures> Of(IReadOnlyList<TrialRecord> trials) =>
        trials.Count == 0 ? [] : Read(trials[0].Spec.Id.Sweep, [PackedFigures.Of(trials)]);
}
