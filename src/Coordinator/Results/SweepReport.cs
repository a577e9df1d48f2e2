using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Importance;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Results;

/// <summary>All that there is to say of a sweep, whatever it is written as.</summary>
/// <param name="Curves">Of the trials that are drawn: all, or the best of many and some of the others.</param>
/// <param name="Importance">Null where there is no telling.</param>
/// <param name="NoImportance">Why not; null otherwise.</param>
/// <param name="Winner">Null while no trial is completed.</param>
/// <param name="Version">Of the program that made it.</param>
public sealed record SweepReport(
    Leaderboard Board, IReadOnlyList<ReportedCurve> Curves, SweepImportance? Importance, string? NoImportance, WinnerReport? Winner,
    DateTimeOffset MadeAt, string Version)
{
    /// <summary>The parameters that do nothing in a configuration, by its number.</summary>
    public required IReadOnlyDictionary<int, IReadOnlySet<string>> Idle { get; init; }

    public Objective Objective => Board.Sweep.Objective;

    /// <returns>Null where it does nothing, and where there is none.</returns>
    public ParameterValue? ValueAtWork(RankedConfiguration row, string parameter) =>
        Idle.TryGetValue(row.Number, out var idle) && idle.Contains(parameter) ? null : row.ParameterOf(parameter);

    /// <summary>The parameters in which the first rows agree, with what they agree on, of those that differ elsewhere.</summary>
    /// <param name="rows">How many of the ranks to look at.</param>
    public IReadOnlyList<(string Name, ParameterValue Value)> SharedByTheFirst(int rows)
    {
        var first = Board.Configurations.Where(row => row.Rank <= rows).ToList();
        return first.Count < rows
            ? []
            : [.. Board.Varied.Where(name => first.Select(row => row.ParameterOf(name)).Distinct().Count() == 1 && first[0].ParameterOf(name) is not null)
                .Select(name => (name, first[0].ParameterOf(name)!))];
    }
}

/// <param name="Epochs">Of the latest attempt; at least one.</param>
public sealed record ReportedCurve(RankedConfiguration Configuration, TrialId Trial, IReadOnlyList<EpochReport> Epochs);

/// <summary>The best trial of the best configuration.</summary>
/// <param name="Mistakes">Its most confident ones on the test images; null where it could not be asked.</param>
/// <param name="NoMistakes">Why not; null otherwise.</param>
public sealed record WinnerReport(TrialRecord Trial, IReadOnlyList<EpochReport> Epochs, IReadOnlyList<Mistake>? Mistakes, string? NoMistakes);

/// <param name="Pixels">uint8, row by row, 28 × 28.</param>
public sealed record Mistake(Prediction Said, byte[] Pixels);
