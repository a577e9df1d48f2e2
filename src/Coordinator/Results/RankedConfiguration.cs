using System.Globalization;
using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Results;

/// <summary>The trials of one configuration, which differ in their seeds, as one row of a leaderboard.</summary>
/// <param name="Rank">From 1; null while none of them is completed.</param>
/// <param name="Number">In the order of trying, from 1.</param>
/// <param name="Trials">Those that were ever started, by number; at least one.</param>
public sealed record RankedConfiguration(int? Rank, int Number, IReadOnlyList<TrialFigures> Trials, Repeats Repeats, Objective Objective)
{
    public IReadOnlyList<TrialFigures> Completed => Trials.Count == 1 && IsRanked ? Trials : [.. Trials.Where(IsCompleted)];

    public bool IsComplete => Trials.Count >= Repeats.Seeds && Completed.Count >= Repeats.Seeds;

    /// <summary>One of them is completed, or more.</summary>
    public bool IsRanked => Trials.Count == 1 ? IsCompleted(Trials[0]) : Trials.Any(IsCompleted);

    /// <summary>As <c>quick/4</c>, or <c>quick/4-6</c> with its repeats; they may not all have started yet.</summary>
    public string Name
    {
        get
        {
            var (sweep, first) = Trials[0].Id;
            if (Repeats.Seeds == 1) return Trials[0].Id.ToString();
            first -= Repeats.RepeatOf(Trials[0].Id) - 1;
            return string.Create(CultureInfo.InvariantCulture, $"{sweep}/{first}-{first + Repeats.Seeds - 1}");
        }
    }

    /// <summary>Completed once all repeats are; else what is still going on, or what kept the others from completing.</summary>
    public TrialState State => this switch
    {
        { IsComplete: true } => TrialState.Completed,
        _ when Any(TrialState.Running) => TrialState.Running,
        _ when Any(TrialState.Pending) => TrialState.Pending,
        _ when Any(TrialState.Pruned) => TrialState.Pruned,
        _ when Any(TrialState.Diverged) => TrialState.Diverged,
        _ when Any(TrialState.Failed) => TrialState.Failed,
        _ => TrialState.Pending,
    };

    /// <summary>A parameter, as the first of the trials has it.</summary>
    public ParameterValue? ParameterOf(string name) => Trials[0].ParameterOf(name);

    /// <summary>The objective over the completed repeats, put together as the sweep says; of a pruned configuration, at the last epochs.</summary>
    public Estimate? Value => ValueOf(Objective);

    /// <summary>No other beats it by all objectives of the sweep together; false where there is one.</summary>
    public bool IsOnFront { get; init; }

    /// <summary>As <see cref="Value"/>, by any objective of the sweep.</summary>
    public Estimate? ValueOf(Objective objective) => Trials.Count == 1 ? Single(TrialFields.ValueOf(Trials[0], objective)) : OfRepeats(objective);

    /// <summary>The best of the completed repeats.</summary>
    public TrialFigures? Best => Trials.Count == 1 && IsRanked ? Trials[0] : Completed.MinBy(trial => trial.PlaceBy(Objective));

    /// <summary>Where it stands among the ranked ones.</summary>
    internal Place Place => new(
        !IsComplete, Objective.CostOf(Value!.Value.Value), Objective.WorstIfNaN(Of(trial => trial.Validation?.Loss)!.Value.Value), Number);

    /// <summary>The epochs that any of them has trained.</summary>
    public int? Epochs => Trials.Max(trial => trial.EpochsRun);

    /// <summary>The mean over the completed repeats; of a pruned configuration, over what its trials have come to.</summary>
    public Estimate? Of(Func<TrialFigures, double?> figure) => Of(figure, Aggregate.Mean, Objective.Goal == Goal.Maximize);

    /// <summary>A field of <see cref="TrialFields"/>: the objective's aggregate; of other numbers the mean; else what all repeats agree on.</summary>
    public ParameterValue? FieldOf(string name)
    {
        if (name == EnumText.Of(Objective.Metric)) return Value?.Value;
        if (name == "state") return EnumText.Of(State);
        if (Trials.Count == 1 || name == "number") return TrialFields.ValueOf(Trials[0], name);
        var values = Counted.Select(trial => TrialFields.ValueOf(trial, name)).ToList();
        if (values.Distinct().Count() == 1) return values[0];
        return values.All(value => value is ParameterValue.Whole or ParameterValue.Real) ? values.Average(AsNumber) : null;
    }

    private IReadOnlyList<TrialFigures> Counted => Completed is { Count: > 0 } completed ? completed : Trials;

    private static bool IsCompleted(TrialFigures trial) => trial.Result is not null;

    private bool Any(TrialState state) => Trials.Count == 1 ? Trials[0].State == state : Trials.Any(trial => trial.State == state);

    // By itself: what it asks with takes memory, here only where there are repeats.
    private Estimate? OfRepeats(Objective objective) =>
        Of(trial => TrialFields.ValueOf(trial, objective), Repeats.Aggregate, objective.Goal == Goal.Maximize);

    private static Estimate? Single(double? figure) => figure is { } one ? new Estimate(one, null) : null;

    private Estimate? Of(Func<TrialFigures, double?> figure, Aggregate aggregate, bool isHighBetter)
    {
        if (Trials.Count == 1) return Single(figure(Trials[0]));
        var figures = Counted.Select(figure).OfType<double>().ToList();
        return figures.Count == 0 ? null : Estimate.Of(figures, aggregate, isHighBetter);
    }

    private static double AsNumber(ParameterValue? value) => value is ParameterValue.Whole whole ? whole.Value : ((ParameterValue.Real)value!).Value;
}
