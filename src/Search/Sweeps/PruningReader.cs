using FashionSweep.Search.Names;
using FashionSweep.Search.Pruning;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads <c>early_terminate</c>, as W&amp;B writes it or as a bare word.</summary>
/// <param name="metric">The file's own: says which side of a threshold is the worse one.</param>
internal sealed class PruningReader(YamlEntry? metric, ReadingRules rules, FaultLog faults)
{
    private const int MostEpochs = 100_000;

    private static readonly ValueRule.WholeNumber AnEpoch = new(1, MostEpochs);
    private static readonly ValueRule.WholeNumber AWarmup = new(0, MostEpochs);
    private static readonly ValueRule.WholeNumber AnEta = new(2, 100);
    private static readonly ValueRule.Number AnyEta = new(1, 100, MinExcluded: true);
    private static readonly ValueRule.WholeNumber ABracket = new(1, 20);
    private static readonly ValueRule.WholeNumber ATrial = new(1, int.MaxValue);
    private static readonly ValueRule.Number ADelta = new(0, double.PositiveInfinity);
    private static readonly ValueRule.Number ABound = new(0, double.PositiveInfinity);

    private static readonly IReadOnlyList<FileKey> Keys =
    [
        Key("min_iter", "epochs of the first rung; 1 unless given", AnEpoch),
        Key("max_iter", "rungs lie below so many epochs; the trial's own unless given", AnEpoch),
        Key("eta", "one in so many goes on at each rung; 3 unless given", AnyEta),
        Key("s", "so many rungs at most", AnEpoch),
        Key("strict", "a trial stands by its loss at the rung and not by its best so far; with brackets, equals don't go on", new ValueRule.Boolean()),
        Key("brackets", "so many ladders, each beginning a rung later; 1 unless given", ABracket),
        Key("warmup_epochs", "trials are safe for so many epochs", AWarmup),
        Key("startup_trials", "so many trials must have got as far; 5 unless given", ATrial),
        Key("patience", "so many epochs in a row may be without improvement; 3 unless given", AnEpoch),
        Key("min_delta", "an improvement is larger than this", ADelta),
        Key("lower", "the least that a trial may reach, of a maximized metric", ABound),
        Key("upper", "the most that a trial may reach, of a minimized metric", ABound),
    ];

    private static readonly Dictionary<string, string[]> KeysOf = new()
    {
        ["none"] = [],
        ["median"] = ["warmup_epochs", "startup_trials"],
        ["asha"] = ["min_iter", "eta", "max_iter"],
        ["hyperband"] = ["min_iter", "max_iter", "s", "eta", "strict", "brackets"],
        ["patience"] = ["patience", "min_delta"],
        ["threshold"] = ["lower", "upper", "warmup_epochs"],
    };

    public static KeyShape Shape { get; } = new KeyShape.Either(
    [
        new KeyShape.Value(new ValueRule.OneOf([.. KeysOf.Keys])),
        new KeyShape.Mapping([Key("type", "which rule ends trials", new ValueRule.OneOf([.. KeysOf.Keys])), .. Keys], ["type"]),
    ]);

    // W&B's first releases had the envelope; Azure ML has the other two.
    private static readonly Dictionary<string, string> NearestOf = new() { ["envelope"] = "median", ["bandit"] = "asha", ["truncation"] = "asha" };

    private readonly int _faultsBefore = faults.Count;

    /// <returns>After a fault, some spec or other.</returns>
    public PrunerSpec Read(YamlEntry? entry) => entry?.Value switch
    {
        null or YamlValue.Unreadable => new PrunerSpec.None(),
        YamlValue.Scalar { IsNull: false } word => ReadKeys(ReadType(word, "early_terminate", entry.At), new YamlValue.Mapping(word.At, [])),
        YamlValue.Mapping mapping => ReadMapping(mapping),
        _ => Refuse(entry.ValueAt, $"early_terminate is {entry.Value}, must be a mapping with a type, as {{type: hyperband, min_iter: 3}}"),
    };

    private PrunerSpec ReadMapping(YamlValue.Mapping mapping)
    {
        if (mapping.Entries.FirstOrDefault(entry => entry.Key == "type") is { } type)
            return ReadKeys(ReadType(type.Value, "type of early_terminate", type.At), mapping);
        _ = new KeyedMapping(mapping, ["type", .. Keys.Select(key => key.Name)], " of early_terminate", faults);
        return Refuse(mapping.At, $"early_terminate has no type, must be {TypeRule}");
    }

    private PrunerSpec ReadKeys(string? type, YamlValue.Mapping mapping)
    {
        if (type is null) return new PrunerSpec.None();
        var keys = new KeyedMapping(mapping, ["type", .. KeysOf[type]], $" of {type}", faults);
        return type switch
        {
            "median" => new PrunerSpec.Median(Whole(keys["warmup_epochs"], AWarmup) ?? 1, Whole(keys["startup_trials"], ATrial) ?? 5),
            "asha" => ReadAsha(keys),
            "hyperband" => ReadHyperband(keys),
            "patience" => new PrunerSpec.Patience(Whole(keys["patience"], AnEpoch) ?? 3, Number(keys["min_delta"], ADelta) ?? 0),
            "threshold" => ReadThreshold(keys, mapping.At),
            _ => new PrunerSpec.None(),
        };
    }

    private string? ReadType(YamlValue value, string subject, Position key)
    {
        if (value is YamlValue.Unreadable) return null;
        var written = (value as YamlValue.Scalar)?.Text ?? "";
        if (KeysOf.ContainsKey(written)) return written;
        var hint = NearestOf.TryGetValue(written, out var near) ? $"; the nearest to {written} is {near}" : Suggestion.For(written, KeysOf.Keys);
        if (value is YamlValue.Scalar { IsNull: true }) faults.Add(key, $"{subject} has no value, must be {TypeRule}");
        else faults.Add(value.At, $"{subject} is {value}, must be {TypeRule}{hint}");
        return null;
    }

    private static string TypeRule => $"one of {string.Join(", ", KeysOf.Keys)}";

    private PrunerSpec.Asha ReadAsha(KeyedMapping keys)
    {
        var spec = new PrunerSpec.Asha(Whole(keys["min_iter"], AnEpoch) ?? 1, Whole(keys["eta"], AnEta) ?? 3, Whole(keys["max_iter"], AnEpoch));
        if (Rungs.Of(spec).Count == 0) RefuseMaxIter(keys["max_iter"]!, $"above min_iter, which is {spec.MinIter}");
        return spec;
    }

    private PrunerSpec.Hyperband ReadHyperband(KeyedMapping keys)
    {
        // Several brackets are an algorithm of their own, which W&B doesn't have.
        var isWandbs = rules != ReadingRules.Earlier && keys["brackets"] is null;
        var isStrict = Flag(keys["strict"]) ?? isWandbs;
        var spec = new PrunerSpec.Hyperband(
            Whole(keys["min_iter"], AnEpoch), Whole(keys["max_iter"], AnEpoch), Whole(keys["s"], AnEpoch),
            (isWandbs ? Number(keys["eta"], AnyEta) : Whole(keys["eta"], AnEta)) ?? 3,
            isStrict ? isWandbs ? RungRule.AtRung : RungRule.Strict : RungRule.BestSoFar, Whole(keys["brackets"], ABracket) ?? 1);
        if (keys["min_iter"] is not null && keys["max_iter"] is not null && keys["s"] is not null)
            faults.Notes.Add("min_iter is not used beside max_iter and s, as in W&B: the rungs follow from these");
        if (Rungs.Of(spec).Count > 0) return spec;
        var isFirstDivided = spec.S is not null || spec.MinIter is null;
        RefuseMaxIter(keys["max_iter"]!, isFirstDivided ? $"at least eta, which is {spec.Eta}" : $"above min_iter, which is {spec.MinIter}");
        return spec;
    }

    private void RefuseMaxIter(YamlEntry maxIter, string rule)
    {
        if (faults.Count == _faultsBefore) faults.Add(maxIter.Value.At, $"max_iter is {maxIter.Value}, must be {rule}");
    }

    private PrunerSpec ReadThreshold(KeyedMapping keys, Position at)
    {
        var objective = ReadObjective();
        var aBound = new ValueRule.Number(0, objective?.Metric is Metric.ValidationAccuracy or Metric.TrainAccuracy ? 1 : double.PositiveInfinity);
        var (lower, upper) = (Number(keys["lower"], aBound), Number(keys["upper"], aBound));
        var warmup = Whole(keys["warmup_epochs"], AWarmup) ?? 0;
        if (objective is null) return new PrunerSpec.None();
        var isMaximized = objective.Goal == Goal.Maximize;
        var (bound, wrong, right) = isMaximized ? (lower, keys["upper"], "lower") : (upper, keys["lower"], "upper");
        var side = $"{(isMaximized ? "maximized" : "minimized")}: give {right}, the {(isMaximized ? "least" : "most")} that a trial may reach";
        if (wrong is not null) return Refuse(wrong.At, $"{wrong.Key} would stop the best trials, because the metric is {side}");
        if (keys[right] is null) return Refuse(at, $"threshold has no bound, and the metric is {side}, as {right}: 0.5");
        return new PrunerSpec.Threshold(bound ?? 0, warmup);
    }

    // Null where the metric is wrong itself: nothing is said about its sides.
    private Objective? ReadObjective()
    {
        var ofMetric = new FaultLog("");
        var objective = new MetricReader(ofMetric).Read(metric);
        return ofMetric.Count == 0 ? objective : null;
    }

    private int? Whole(YamlEntry? entry, ValueRule.WholeNumber rule) => (int?)(Value(entry, rule) as ParameterValue.Whole)?.Value;

    private double? Number(YamlEntry? entry, ValueRule.Number rule) => Value(entry, rule) switch
    {
        ParameterValue.Whole whole => whole.Value,
        ParameterValue.Real real => real.Value,
        _ => null,
    };

    private bool? Flag(YamlEntry? entry) => (Value(entry, new ValueRule.Boolean()) as ParameterValue.Flag)?.Value;

    private ParameterValue? Value(YamlEntry? entry, ValueRule rule) =>
        entry is null ? null : new ValueReader(entry.Key, rule, faults).Read(entry.Value, entry.At);

    private static FileKey Key(string name, string meaning, ValueRule rule) => new(name, meaning, new KeyShape.Value(rule));

    private PrunerSpec.None Refuse(Position at, string message)
    {
        faults.Add(at, message);
        return new PrunerSpec.None();
    }
}
