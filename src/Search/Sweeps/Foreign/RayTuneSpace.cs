using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>
/// Ray Tune's dictionary written as YAML or JSON: calls such as <c>tune.loguniform(1e-4, 0.1)</c>, <c>grid_search: […]</c>, or an experiment with such a
/// <c>config</c>.
/// </summary>
internal sealed class RayTuneSpace : IForeignFile
{
    private static readonly string[] Inside = ["param_space", "config"];
    private static readonly string[] Understood =
        ["num_samples", "metric", "mode", "stop", "time_budget_s", "max_concurrent_trials", "name", "search_alg", "scheduler", "tune_config", .. Inside];

    public string Kind => "a search space of Ray Tune";

    public bool Is(YamlValue root) => Experiment(root) is var (_, experiment) && Space(experiment).Entries().Any(entry => IsSearched(entry.Value));

    public void Read(YamlValue root, ForeignSearch search)
    {
        var (name, experiment) = Experiment(root)!.Value;
        var tuning = experiment.At("tune_config") ?? experiment;
        search.Name = name ?? experiment.At("name").Text();
        ReadParameters(Space(experiment), search);
        var isGrid = search.Parameters.All(parameter => parameter.Domain is ForeignDomain.Choices or ForeignDomain.Constant) && HasGrid(Space(experiment));
        if ((tuning.At("search_alg", "type") ?? tuning.At("search_alg")).Text() is { } algorithm) search.ChooseBy(algorithm);
        else search.Method = isGrid ? SearchMethod.Grid : SearchMethod.Random;
        search.Metric = tuning.At("metric").Text();
        search.Goal = tuning.At("mode").Text() switch { "max" => Goal.Maximize, "min" => Goal.Minimize, _ => null };
        if (!isGrid) search.Budget("run_cap", tuning.At("num_samples").Number());
        search.Budget("parallel", tuning.At("max_concurrent_trials").Number());
        if (tuning.At("time_budget_s").Number() is { } seconds) search.Time("sweep_timeout", $"{ForeignTree.Plain(seconds)} s");
        if (experiment.At("stop", "training_iteration").Number() is >= 1 and var epochs) search.Add("epochs", new ForeignDomain.Constant((long)epochs));
        ReadScheduler(tuning.At("scheduler"), search);
        if (Space(experiment) == experiment) return;
        foreach (var entry in experiment.Entries().Where(entry => !Understood.Contains(entry.Key))) search.Missing.Add(entry.Key);
    }

    // An experiment may stand under its name.
    private static (string? Name, YamlValue Experiment)? Experiment(YamlValue root)
    {
        if (root is not YamlValue.Mapping mapping) return null;
        var named = mapping.Entries.FirstOrDefault(entry => Inside.Any(entry.Value.Has) && !Inside.Contains(entry.Key));
        return named is null ? (null, root) : (named.Key, named.Value);
    }

    private static YamlValue Space(YamlValue experiment) =>
        Inside.Select(key => experiment.At(key)).FirstOrDefault(space => space is YamlValue.Mapping) ?? experiment;

    private static bool HasGrid(YamlValue space) => space.Entries().Any(entry => entry.Value.Has("grid_search") || HasGrid(entry.Value)
        || entry.Value.Text()?.Contains("grid_search", StringComparison.Ordinal) == true);

    private static bool IsSearched(YamlValue value) => Domain(value) is not null || value.Entries().Any(entry => IsSearched(entry.Value));

    private static void ReadParameters(YamlValue space, ForeignSearch search)
    {
        var isWhole = !Inside.Any(space.Has) && space.Entries().Any(entry => entry.Key is "num_samples" or "metric" or "mode");
        foreach (var entry in space.Entries().Where(entry => !(isWhole && Understood.Contains(entry.Key))))
        {
            if (Domain(entry.Value) is { } domain) search.Add(entry.Key, domain);
            else if (entry.Value is YamlValue.Mapping group) ReadParameters(group, search);
            else search.Add(entry.Key, entry.Value.Value() is { } value ? new ForeignDomain.Constant(value) : new ForeignDomain.Unknown(entry.Value.Words()));
        }
    }

    private static ForeignDomain? Domain(YamlValue value)
    {
        if (value.Text() is { } text) return IsCall(text) && ForeignCall.Parse(text) is { } call ? CallDomains.Of(call) : null;
        if (value.At("_target_").Text() is { } target && IsCall($"{target}("))
        {
            var given = value.Entries().Where(entry => entry.Key != "_target_").Select(entry => Argument(entry.Key, entry.Value));
            return CallDomains.Of(new ForeignCall(target, false, [.. given]));
        }
        if (value.Entries() is not [var only]) return null;
        if (only.Key != "grid_search" && !IsCall($"{only.Key}(")) return null;
        var arguments = only.Value is YamlValue.Mapping named
            ? named.Entries.Select(entry => Argument(entry.Key, entry.Value))
            : only.Value.Items().Select(item => Argument(null, item));
        return CallDomains.Of(new ForeignCall(only.Key, false, [.. arguments]));
    }

    private static bool IsCall(string text) =>
        text.StartsWith("tune.", StringComparison.Ordinal) || text.StartsWith("ray.tune.", StringComparison.Ordinal)
        || text.StartsWith("grid_search(", StringComparison.Ordinal);

    private static ForeignCall Argument(string? key, YamlValue value) => value is YamlValue.Sequence list
        ? new ForeignCall("[", false, [.. list.Items.Select(item => Argument(null, item))], key)
        : new ForeignCall(value.Text() ?? "", value is YamlValue.Scalar { Plain: false }, null, key);

    private static void ReadScheduler(YamlValue? scheduler, ForeignSearch search)
    {
        if ((scheduler.At("type") ?? scheduler).Text() is not { } name) return;
        var word = name.ToLowerInvariant();
        if (word.Contains("asha") || word.Contains("async")) search.EarlyTerminate = "{type: asha, eta: 4}";
        else if (word.Contains("hyperband")) search.EarlyTerminate = "{type: hyperband, min_iter: 1}";
        else if (word.Contains("median")) search.EarlyTerminate = "median";
        else if (word != "fifo") search.Missing.Add($"the scheduler {name}");
    }
}
