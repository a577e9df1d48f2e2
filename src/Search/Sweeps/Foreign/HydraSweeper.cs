using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>What a configuration of Hydra gives its sweeper, be it Optuna's, Ax's or its own.</summary>
internal sealed class HydraSweeper : IForeignFile
{
    private static readonly string[] Understood =
        ["_target_", "params", "search_space", "direction", "n_trials", "n_jobs", "sampler", "study_name", "max_batch_size", "defaults"];

    public string Kind => "a sweeper of Hydra";

    public bool Is(YamlValue root) => Sweeper(root) is not null;

    public void Read(YamlValue root, ForeignSearch search)
    {
        var sweeper = Sweeper(root)!;
        var isOfLibrary = (sweeper.At("_target_").Text() ?? OverrideIn(root))?.Contains("basic", StringComparison.OrdinalIgnoreCase) == false
            || sweeper.Has("n_trials") || sweeper.Has("sampler");
        search.Name = sweeper.At("study_name").Text();
        search.Metric = (root.At("optimized_metric") ?? root.At("optimize_metric")).Text();
        search.Goal = sweeper.At("direction").Text() switch { "maximize" => Goal.Maximize, "minimize" => Goal.Minimize, _ => null };
        search.Budget("run_cap", sweeper.At("n_trials").Number());
        search.Budget("parallel", sweeper.At("n_jobs").Number());
        if (sweeper.At("sampler", "seed").Number() is >= 0 and var seed) search.Budgets["seed"] = ForeignTree.Plain(seed);
        if (sweeper.At("sampler", "_target_").Text() is { } sampler) search.ChooseBy(sampler);
        // Optuna's sweeper samples by TPE unless told otherwise; Hydra's own tries each combination.
        else search.Method = isOfLibrary ? SearchMethod.Tpe : SearchMethod.Grid;
        foreach (var entry in (sweeper.At("params") ?? sweeper.At("search_space")).Entries())
            search.Add(entry.Key.TrimStart('+'), Domain(entry.Value, isOfLibrary));
        foreach (var entry in sweeper.Entries().Where(entry => !Understood.Contains(entry.Key) && entry.Value.Words() is not ("" or "null")))
            search.Missing.Add(entry.Key);
    }

    private static YamlValue? Sweeper(YamlValue root)
    {
        if (root.At("hydra", "sweeper") is YamlValue.Mapping inside) return inside;
        if (root.At("sweeper") is YamlValue.Mapping { } named && (named.Has("params") || named.Has("search_space"))) return named;
        var isItself = root.At("_target_").Text()?.Contains("sweeper", StringComparison.OrdinalIgnoreCase) == true || OverrideIn(root) is not null;
        return isItself && (root.Has("params") || root.Has("search_space")) ? root : null;
    }

    private static string? OverrideIn(YamlValue root) => root.At("defaults").Items().SelectMany(item => item.Entries())
        .FirstOrDefault(entry => entry.Key.EndsWith("hydra/sweeper", StringComparison.Ordinal))?.Value.Text();

    private static ForeignDomain Domain(YamlValue written, bool isOfLibrary)
    {
        if (written is YamlValue.Mapping) return OfMapping(written);
        if (written.Items() is { Count: > 0 } items) return new ForeignDomain.Choices([.. items.Select(item => item.Value()).OfType<ParameterValue>()]);
        if (written.Text() is not { } text) return new ForeignDomain.Unknown(written.Words());
        if (ForeignCall.Parse(text) is { } call) return CallDomains.Of(call, includesLast: isOfLibrary) ?? new ForeignDomain.Unknown(written.Words());
        var values = text.Split(',').Select(part => ForeignTree.Resolve(part.Trim())).OfType<ParameterValue>().ToList();
        return values.Count > 1 ? new ForeignDomain.Choices(values) : new ForeignDomain.Constant(values[0]);
    }

    private static ForeignDomain OfMapping(YamlValue written)
    {
        var (low, high, step) = (written.At("low").Number(), written.At("high").Number(), written.At("step").Number());
        var isLog = written.At("log").Flag() == true;
        return (written.At("type").Text(), low, high) switch
        {
            ("categorical", _, _) when written.At("choices").Items() is { Count: > 0 } choices =>
                new ForeignDomain.Choices([.. choices.Select(choice => choice.Value()).OfType<ParameterValue>()]),
            ("int" or "float", { } from, { } to) when step is > 0 and { } by && !isLog => ForeignDomain.Steps(from, to, by),
            ("int", { } from, { } to) => new ForeignDomain.Range(from, to, isLog, IsWhole: true),
            ("float", { } from, { } to) => new ForeignDomain.Range(from, to, isLog),
            _ => new ForeignDomain.Unknown(written.Words()),
        };
    }
}
