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
        var trials = new Dictionary<int, TrialFigures>();
        FigureReader? reader = null;
        foreach (var page in pages)
        {
            reader ??= new FigureReader(sweep, page.First);
            foreach (var trial in page.Parts.SelectMany(reader.Read)) trials[trial.Id.Number] = trial;
        }
        var ordered = trials.Values.ToArray();
        Array.Sort(ordered, static (one, other) => one.Id.Number.CompareTo(other.Id.Number));
        return ordered;
    }

    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<TrialFigures> Of(IReadOnlyList<TrialRecord> trials) =>
        trials.Count == 0 ? [] : Read(trials[0].Spec.Id.Sweep, [PackedFigures.Of(trials)]);
}
