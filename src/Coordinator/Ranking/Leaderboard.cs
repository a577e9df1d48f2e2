using FashionSweep.Coordinator.Conditions;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Ranking;

/// <summary>The trials of a sweep, the best first. Completed trials have a rank; the others follow by state and number.</summary>
/// <param name="Varied">The parameters that differ between the trials, in the order of <see cref="Hyperparameters.All"/>.</param>
public sealed record Leaderboard(SweepRecord Sweep, IReadOnlyList<string> Varied, IReadOnlyList<RankedTrial> Trials)
{
    /// <summary>Null while no trial is completed.</summary>
    public TrialRecord? Winner => Trials.FirstOrDefault(trial => trial.Rank == 1)?.Trial;

    /// <summary>Ranks by the sweep's objective at each trial's best epoch, then by lower validation loss, then by number. The test set has no say.</summary>
    public static Leaderboard Of(SweepRecord sweep, IReadOnlyList<TrialRecord> trials)
    {
        var ranked = trials.Where(trial => trial.Result is not null)
            .OrderBy(trial => PlaceOf(sweep.Objective, trial.Result!, trial.Spec.Id.Number))
            .Select((trial, index) => new RankedTrial(index + 1, trial));
        var others = trials.Where(trial => trial.Result is null)
            .OrderBy(trial => OrderOf(trial.State)).ThenBy(trial => trial.Spec.Id.Number)
            .Select(trial => new RankedTrial(null, trial));
        return new Leaderboard(sweep, VariedIn(trials), [.. ranked, .. others]);
    }

    /// <summary>Only the trials that match; each keeps the rank that it has among all.</summary>
    public Leaderboard Where(Condition condition) => this with { Trials = [.. Trials.Where(row => condition.Holds(name => TrialFields.ValueOf(row.Trial, name)))] };

    /// <summary>Another order of the same ranks: high accuracies first, else the low values; trials without the value last.</summary>
    /// <param name="field">One of <see cref="TrialFields.Names"/>.</param>
    public Leaderboard SortedBy(string field)
    {
        var sign = TrialFields.IsHighFirst(field) ? -1 : 1;
        return this with { Trials = [.. Trials.OrderBy(row => SortKey(TrialFields.ValueOf(row.Trial, field), sign))] };
    }

    /// <summary>The objective's value at the best epoch.</summary>
    internal static double ValueOf(Objective objective, TrialResult result) =>
        objective.Of(new EpochReport(result.BestEpoch, result.Train, result.Validation, result.Seconds));

    /// <summary>What ranks are ordered by: the lower comes first.</summary>
    internal static (double Cost, double ValidationLoss, int Number) PlaceOf(Objective objective, TrialResult result, int number)
    {
        var value = ValueOf(objective, result);
        return (WorstIfNaN(objective.Goal == Goal.Maximize ? -value : value), WorstIfNaN(result.Validation.Loss), number);
    }

    private static List<string> VariedIn(IReadOnlyList<TrialRecord> trials)
    {
        var names = trials.SelectMany(trial => trial.Spec.Parameters.Select(parameter => parameter.Key)).ToHashSet();
        var order = Hyperparameters.All.Select(parameter => parameter.Name).Where(names.Contains).Union(names.Order(StringComparer.Ordinal));
        return [.. order.Where(name => trials.Select(trial => trial.Spec.Parameters[name]).Distinct().Skip(1).Any())];
    }

    private static double WorstIfNaN(double value) => double.IsNaN(value) ? double.PositiveInfinity : value;

    private static int OrderOf(TrialState state) => state switch
    {
        TrialState.Running => 0,
        TrialState.Pending => 1,
        TrialState.Diverged => 2,
        _ => 3,
    };

    // Numbers before texts, and nothing last.
    private static (int Kind, double Number, string Text) SortKey(ParameterValue? value, int sign) => value switch
    {
        null or ParameterValue.Real { Value: double.NaN } => (2, 0, ""),
        ParameterValue.Whole whole => (0, sign * whole.Value, ""),
        ParameterValue.Real real => (0, sign * real.Value, ""),
        _ => (1, 0, value.ToString()),
    };
}

/// <param name="Rank">From 1; null for a trial without a result.</param>
public sealed record RankedTrial(int? Rank, TrialRecord Trial);
