using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads what ends a sweep or a trial beside its own end.</summary>
internal sealed class BudgetsReader(KeyedMapping keys, FaultLog faults)
{
    private static readonly ValueRule.WholeNumber Some = new(1, int.MaxValue);
    private static readonly ValueRule.WholeNumber AnyNumber = new(0, int.MaxValue);
    private static readonly KeyShape Time = new KeyShape.Either(
        [new KeyShape.Value(new ValueRule.Number(0, double.PositiveInfinity, MinExcluded: true)), new KeyShape.Text()]);

    public static IReadOnlyList<FileKey> Keys { get; } =
    [
        new("parallel", "so many trials run at once at most; as many as there are slots unless given", new KeyShape.Value(Some)),
        new("max_failed", "the sweep ends when more trials than that have failed", new KeyShape.Value(AnyNumber)),
        new("max_restarts", "a trial that failed by itself is tried again so often; 2 unless given", new KeyShape.Value(AnyNumber)),
        new("trial_timeout", "a trial that runs longer is stopped and counts as failed, such as 10 min", Time),
        new("epoch_timeout", "a trial in which no epoch ends for so long is stopped and tried again; 1 h unless given", Time),
        new("sweep_timeout", "the sweep stops after so long, such as 2 h; --resume gives it as much again", Time),
        new("retain", "checkpoints of so many trials are kept, the best ones; all unless given", new KeyShape.Value(Some)),
    ];

    public SweepBudgets Read(double? target) => new(
        Whole("parallel", Some), Whole("max_failed", AnyNumber), Span("trial_timeout"), Span("sweep_timeout"),
        Whole("max_restarts", AnyNumber) ?? SweepBudgets.None.MaxRestarts, Whole("retain", Some), target)
    {
        EpochTimeout = Span("epoch_timeout") ?? SweepBudgets.None.EpochTimeout,
    };

    private int? Whole(string key, ValueRule.WholeNumber rule) => keys[key] is { } entry
        ? (int?)(new ValueReader(key, rule, faults).Read(entry.Value, entry.At) as ParameterValue.Whole)?.Value
        : null;

    private TimeSpan? Span(string key)
    {
        if (keys[key] is not { Value: not YamlValue.Unreadable } entry) return null;
        if (entry.Value is YamlValue.Scalar { IsNull: false, Text: var written } && Duration.Parse(written) is { } span) return span;
        faults.Add(
            entry.ValueAt, $"{key} is {entry.Value}, must be a time such as 90 s, 10 min, 1 h 30 min or 2 d, of at most {Duration.Longest.TotalDays} days");
        return null;
    }
}
