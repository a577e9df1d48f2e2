using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>Determined's configuration of an experiment.</summary>
internal sealed class DeterminedConfig : IForeignFile
{
    private static readonly string[] Understood = ["name", "hyperparameters", "searcher", "max_restarts", "description"];

    public string Kind => "a configuration of Determined";

    public bool Is(YamlValue root) => root.Has("hyperparameters") && (root.Has("searcher") || root.Has("entrypoint"));

    public void Read(YamlValue root, ForeignSearch search)
    {
        search.Name = root.At("name").Text();
        var searcher = root.At("searcher");
        search.Metric = searcher.At("metric").Text();
        // Smaller is better there unless the file says otherwise.
        if (search.Metric is not null) search.Goal = searcher.At("smaller_is_better").Flag() == false ? Goal.Maximize : Goal.Minimize;
        ReadMethod(searcher.At("name").Text(), searcher.At("max_trials").Number(), search);
        search.Budget("parallel", searcher.At("max_concurrent_trials").Number());
        if (root.At("max_restarts").Number() is >= 0 and var restarts) search.Budgets["max_restarts"] = ForeignTree.Plain(restarts);
        ReadLength(searcher, search);
        ReadParameters(root.At("hyperparameters"), search);
        foreach (var entry in root.Entries().Where(entry => !Understood.Contains(entry.Key))) search.Missing.Add(entry.Key);
    }

    private static void ReadMethod(string? name, double? trials, ForeignSearch search)
    {
        if (name is "single")
        {
            search.Method = SearchMethod.Random;
            search.Budget("run_cap", 1);
            return;
        }
        search.ChooseBy(name);
        search.Budget("run_cap", trials);
        if (name is not null && (name.Contains("asha", StringComparison.Ordinal) || name.Contains("halving", StringComparison.Ordinal)))
            search.EarlyTerminate = "{type: asha, eta: 4}";
    }

    private static void ReadLength(YamlValue? searcher, ForeignSearch search)
    {
        var epochs = searcher.At("max_length", "epochs").Number()
            ?? (searcher.At("time_metric").Text() is "epochs" or "epoch" ? searcher.At("max_time").Number() : null);
        if (epochs is >= 1) search.Add("epochs", new ForeignDomain.Constant((long)epochs));
        else if (searcher.At("max_length") is { } length) search.Missing.Add($"max_length of {length.Words()}: a trial's length is in epochs here");
    }

    private static void ReadParameters(YamlValue? mapping, ForeignSearch search)
    {
        foreach (var entry in mapping.Entries())
        {
            // Determined counts by batches of this size.
            var name = entry.Key == "global_batch_size" ? "batch_size" : entry.Key;
            if (entry.Value is not YamlValue.Mapping) search.Add(name, Constant(entry.Value));
            else if (entry.Value.At("type").Text() is { } type) search.Add(name, Domain(type, entry.Value));
            else ReadParameters(entry.Value, search);
        }
    }

    private static ForeignDomain Constant(YamlValue value) =>
        value.Value() is { } constant ? new ForeignDomain.Constant(constant) : new ForeignDomain.Unknown(value.Words());

    private static ForeignDomain Domain(string type, YamlValue written)
    {
        var (min, max, count) = (written.At("minval").Number(), written.At("maxval").Number(), written.At("count").Number());
        var logBase = written.At("base").Number() ?? 10;
        return (type, min, max) switch
        {
            ("const", _, _) => Constant(written.At("val") ?? written),
            ("categorical", _, _) when written.At("vals").Items() is { Count: > 0 } values =>
                new ForeignDomain.Choices([.. values.Select(value => value.Value()).OfType<ParameterValue>()]),
            ("int", { } from, { } to) when count is { } n => Whole(ForeignDomain.Spread(from, to, (int)n)),
            ("double", { } from, { } to) when count is { } n => ForeignDomain.Spread(from, to, (int)n),
            ("log", { } from, { } to) when count is { } n => ForeignDomain.Spread(from, to, (int)n, logBase),
            ("int", { } from, { } to) => new ForeignDomain.Range(from, to, IsWhole: true),
            ("double", { } from, { } to) => new ForeignDomain.Range(from, to),
            ("log", { } from, { } to) => new ForeignDomain.Range(Math.Pow(logBase, from), Math.Pow(logBase, to), IsLog: true),
            _ => new ForeignDomain.Unknown(written.Words()),
        };
    }

    private static ForeignDomain.Choices Whole(ForeignDomain spread) => new(
        [.. ((ForeignDomain.Choices)spread).Values.Select(value => value is ParameterValue.Real real ? (long)Math.Round(real.Value) : value).Distinct()]);
}
