using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <summary>What a trial is sorted, filtered and charted by, and nothing more: those of a sweep are all held at once.</summary>
/// <param name="Train">At the best epoch; of a pruned trial at its last. Null without either.</param>
/// <param name="Validation">Likewise.</param>
/// <param name="EpochsRun">Null before the first one has ended.</param>
/// <param name="Result">Null of a trial that was not completed.</param>
public sealed record TrialFigures(
    TrialId Id, TrialState State, int Attempt, NodeId Node, string? Reason, Score? Train, Score? Validation, int? EpochsRun, ResultFigures? Result)
{
    /// <summary>Of the latest attempt, or when it was drawn; to the millisecond.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs, or waits for its first attempt; to the millisecond.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    internal DifferingParameters Differing { get; init; } = DifferingParameters.None;

    /// <summary>Of those that differ, in their order. One that is not there yet is as the first trial's.</summary>
    internal ParameterValue?[] Values { get; init; } = [];

    /// <summary>The parameters in which any of the sweep's trials is another than another.</summary>
    public IReadOnlyList<string> NamesThatDiffer => Differing.Others;

    /// <summary>All that it has.</summary>
    public ParameterSet Parameters => Values.Length == 0 ? Differing.First : new ParameterSet(
        from name in Differing.Names
        let value = ParameterOf(name)
        where value is not null
        select KeyValuePair.Create(name, value));

    public bool IsFinished => State is not (TrialState.Pending or TrialState.Running);

    /// <summary>Its place among the completed trials of its sweep: the lower comes first.</summary>
    public (double Cost, double ValidationLoss, int Number) PlaceBy(Objective objective) => objective.PlaceOf(Train!, Validation!, Id.Number);

    /// <returns>Null where it has no such parameter.</returns>
    public ParameterValue? ParameterOf(string name) =>
        Differing.Find(name) is var at && at >= 0 && at < Values.Length ? Values[at] : Differing.First[name];

    /// <summary>By all that they say, however it is held.</summary>
    public bool Equals(TrialFigures? other) =>
        other is not null && Own == other.Own && Differing.Names.Union(other.Differing.Names).All(name => ParameterOf(name) == other.ParameterOf(name));

    public override int GetHashCode() => Id.GetHashCode();

    private (TrialId, TrialState, int, NodeId, string?, Score?, Score?, int?, ResultFigures?, DateTimeOffset, DateTimeOffset?) Own =>
        (Id, State, Attempt, Node, Reason, Train, Validation, EpochsRun, Result, StartedAt, EndedAt);
}

/// <param name="Test">Scored once, with the best epoch's weights.</param>
/// <param name="BestEpoch">From 1.</param>
/// <param name="Seconds">From the start of the first epoch to the test score.</param>
public sealed record ResultFigures(Score Test, int BestEpoch, long ParameterCount, double Seconds);

/// <summary>The parameters of a sweep in which any of its trials is another than the first one, shared by all of them.</summary>
internal sealed class DifferingParameters(ParameterSet first)
{
    private readonly List<string> _names = [];
    private readonly List<ParameterValue?> _values = [];
    private readonly Dictionary<string, int> _places = [];

    public static DifferingParameters None { get; } = new(ParameterSet.Empty);

    public ParameterSet First => first;

    /// <summary>Of all parameters that any of the trials has.</summary>
    public IEnumerable<string> Names => first.Select(parameter => parameter.Key).Union(_names);

    public IReadOnlyList<string> Others => _names;

    /// <returns>Below 0 where all trials are alike in it.</returns>
    public int Find(string name) => _places.GetValueOrDefault(name, -1);

    public int Add(string name)
    {
        _places.Add(name, _names.Count);
        _names.Add(name);
        _values.Add(first[name]);
        return _names.Count - 1;
    }

    /// <summary>Their values in the first trial.</summary>
    public ParameterValue?[] FirstValues() => [.. _values];
}
