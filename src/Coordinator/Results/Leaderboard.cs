using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Conditions;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Results;

/// <summary>The configurations of a sweep and their trials, the best first. Those with a completed trial have a rank; the others follow by state.</summary>
/// <remarks>
/// A configuration ranks by its objective over the repeats that it has completed. One that has completed all of them comes before any that has not:
/// the lucky first of three is no better than the mean of three, and one that diverges with every other seed should not win.
/// Failed repeats can be given another try with <c>rerun --failed</c>. Of several objectives the first ranks, and the front of all of them comes first.
/// </remarks>
/// <param name="Varied">The parameters that differ between the configurations, in the order of the catalogue.</param>
/// <param name="Configurations">One for each trial where a sweep has no repeats.</param>
/// <param name="Trials">Every trial that was ever started, by number.</param>
public sealed record Leaderboard(
    SweepRecord Sweep, IReadOnlyList<string> Varied, IReadOnlyList<RankedConfiguration> Configurations, IReadOnlyList<TrialFigures> Trials)
{
    /// <summary>What the engine can be asked.</summary>
    public required ParameterCatalog Catalog { get; init; }

    /// <summary>Null while no trial is completed.</summary>
    public RankedConfiguration? Winner => Configurations.FirstOrDefault(configuration => configuration.Rank == 1);

    /// <summary>Ranks by the sweep's objective at each trial's best epoch, then by lower validation loss, then by number. The test set has no say.</summary>
    /// <param name="trials">By number.</param>
    public static Leaderboard Of(SweepRecord sweep, IReadOnlyList<TrialFigures> trials, ParameterCatalog catalog)
    {
        catalog = catalog.With(sweep.Own);
        var configurations = SweepFront.Mark([.. ConfigurationsOf(sweep, [.. trials])], sweep.Objectives);
        return new Leaderboard(sweep, VariedIn(configurations, catalog), Rank(configurations), trials) { Catalog = catalog };
    }

    /// <summary>Each trial as a configuration of its own.</summary>
    public Leaderboard OfSingleTrials() => Of(Sweep with { Repeats = Repeats.None }, Trials, Catalog);

    /// <summary>The ranks of the completed trials by themselves, from 1, by number.</summary>
    public IReadOnlyDictionary<int, int> RanksOfTrials() => Trials.Where(trial => trial.Result is not null).OrderBy(trial => trial.PlaceBy(Sweep.Objective))
        .Select((trial, index) => KeyValuePair.Create(trial.Id.Number, index + 1)).ToDictionary();

    /// <summary>Only the configurations that match; each keeps the rank that it has among all.</summary>
    public Leaderboard Where(Condition condition) => this with
    {
        Configurations = [.. Configurations.Where(row => condition.Holds(name => row.FieldOf(name) ?? Catalog.ValueIn(ParameterSet.Empty, name)))],
    };

    /// <summary>Another order of the same ranks: high accuracies first, else the low values; configurations without the value last.</summary>
    /// <param name="field">One of <see cref="TrialFields.NamesOf"/>.</param>
    public Leaderboard SortedBy(string field)
    {
        var sign = TrialFields.IsHighFirst(field) ? -1 : 1;
        return this with { Configurations = [.. Configurations.OrderBy(row => SortKey(row.FieldOf(field), sign))] };
    }

    private static List<RankedConfiguration> Rank(List<RankedConfiguration> groups)
    {
        var ranked = groups.Where(group => group.IsRanked).OrderBy(group => group.Place).Select((group, index) => group with { Rank = index + 1 });
        var others = groups.Where(group => !group.IsRanked).OrderBy(OrderOf);
        return [.. groups.Exists(group => group.IsOnFront) ? ranked.OrderBy(row => row.IsOnFront ? 0 : 1) : ranked, .. others];
    }

    // The repeats of one stand in a row.
    internal static IEnumerable<RankedConfiguration> ConfigurationsOf(SweepRecord sweep, TrialFigures[] trials)
    {
        for (int first = 0, next; first < trials.Length; first = next)
        {
            var number = sweep.Repeats.ConfigurationOf(trials[first].Id);
            for (next = first + 1; next < trials.Length && sweep.Repeats.ConfigurationOf(trials[next].Id) == number;) next++;
            yield return new RankedConfiguration(
                null, number, new ArraySegment<TrialFigures>(trials, first, next - first), sweep.Repeats, sweep.Objective);
        }
    }

    // Of those that were pruned, the ones that came furthest, and of these the best.
    private static (int, int, double, int) OrderOf(RankedConfiguration row) => row.State switch
    {
        TrialState.Running => (0, 0, 0, row.Number),
        TrialState.Pending => (1, 0, 0, row.Number),
        TrialState.Pruned => (2, -(row.Epochs ?? 0), row.Value is { } value ? row.Objective.CostOf(value.Value) : 0, row.Number),
        TrialState.Diverged => (3, 0, 0, row.Number),
        _ => (4, 0, 0, row.Number),
    };

    private static List<string> VariedIn(List<RankedConfiguration> configurations, ParameterCatalog catalog)
    {
        if (configurations.Count == 0) return [];
        var first = configurations[0].Trials[0];
        var names = first.NamesThatDiffer
            .Where(name => first.ParameterOf(name) is var value && configurations.Exists(other => other.ParameterOf(name) != value)).ToHashSet();
        return [.. catalog.InOrder(names)];
    }

    // Numbers before texts, and nothing last.
    private static (int Kind, double Number, string Text) SortKey(ParameterValue? value, int sign) => value switch
    {
        null or ParameterValue.Real { Value: double.NaN } => (2, 0, ""),
        ParameterValue.Whole whole => (0, sign * whole.Value, ""),
        ParameterValue.Real real => (0, sign * real.Value, ""),
        _ => (1, 0, value.ToString()),
    };
}
