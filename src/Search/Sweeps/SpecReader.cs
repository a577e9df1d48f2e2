using System.Text.RegularExpressions;
using FashionSweep.Search.Names;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Turns the document of a sweep file into a spec, and logs every fault on the way.</summary>
internal sealed partial class SpecReader(string fileName, ParameterCatalog catalog, ReadingRules rules, FaultLog faults)
{
    private static readonly string[] Keys = [.. SweepKeys.All.Select(key => key.Name)];

    /// <returns>Null where the log says why; what is returned beside faults is not to be used.</returns>
    public SweepSpec? Read(YamlValue root)
    {
        if (root is not YamlValue.Mapping mapping)
        {
            if (root is not YamlValue.Unreadable) faults.Add(root.At, $"the file is {root}, must be a mapping with keys such as method and parameters");
            return null;
        }
        // What holds anchors alone is called so by custom: its values are where its aliases stand.
        mapping = mapping with { Entries = [.. mapping.Entries.Where(entry => !HolderPattern().IsMatch(entry.Key))] };
        var keys = new KeyedMapping(mapping, SweepKeys.All.Concat(SweepKeys.PassedOver), "", faults, AdviseOnTopKey);
        foreach (var passed in mapping.Entries.Where(entry => SweepKeys.PassedOver.Any(key => key.Name == entry.Key))) faults.Notes.PassedOver(passed.Key);
        var scheduler = new SchedulerReader(faults);
        var word = ReadMethod(keys["method"], keys["scheduler"], scheduler, mapping.At);
        SearchMethod? method = word is null ? null : SweepKeys.Methods[word];
        var metric = new MetricReader(faults);
        var several = new MetricsReader(keys["metric"], keys["metrics"], faults);
        var first = several.First();
        var parameters = new CommandReader(catalog, rules, faults).Join(keys["command"], keys["program"], keys["parameters"]);
        var space = new SpaceReader(catalog, method, hasRunCap: keys["run_cap"] is not null, rules, faults);
        var spec = new SweepSpec(
            ReadName(keys["name"]), method ?? SearchMethod.Grid, metric.Read(first),
            space.Read(parameters, keys["constraints"], mapping.At),
            ReadRunCap(keys["run_cap"]), ReadWhole(keys["seed"], SweepKeys.Seed) ?? DefaultSeed, ReadText(keys["description"]))
        {
            Pruning = new PruningReader(first, rules, faults).Read(keys["early_terminate"]),
            Budgets = new BudgetsReader(keys, faults).Read(metric.Target),
            Notify = new NotifyReader(faults).Read(keys["notify"], hasTarget: metric.Target is not null),
            Rules = rules,
        };
        several.Check(method, keys["method"], keys["retain"]);
        spec = spec with
        {
            Further = several.Further(metric),
            Repeats = new RepeatsReader(faults).Read(keys["repeats"], spec.Parameters.Select(parameter => parameter.Name)),
            Baselines = new BaselinesReader(catalog, faults).Read(keys["baselines"], spec.Space),
            Prior = new PriorReader(faults).Read(keys[PriorReader.Key], spec.Name),
        };
        if (spec.Baselines.Count > spec.RunCap)
            faults.Add(keys["baselines"]!.At, $"there are {spec.Baselines.Count} baselines, and run_cap is {spec.RunCap}: baselines are a part of it");
        if (keys["run_cap"] is null && method is not null) spec = spec with { RunCap = UsualRunCap(spec) };
        if (word is not null && faults.Count == 0) spec = Settle(spec, word);
        if (rules != ReadingRules.Earlier && faults.Count == 0 && WandbForm.IsOne(mapping)) spec = WandbForm.InItsOrder(spec, space.ByName, faults.Notes);
        return spec with { Notices = faults.Notes.Lines };
    }

    private const long DefaultSeed = 1;

    private string? AdviseOnTopKey(string key) =>
        Nearest.Of(key, Keys) is null && catalog.FindSpelled(key) is not null ? "; it is a parameter: indent it under parameters" : null;

    // A sweep of W&B goes on for as long as agents ask; the number of trials is not in its file.
    private int? UsualRunCap(SweepSpec spec)
    {
        if (spec.Method == SearchMethod.Grid || SpaceSize.Of(spec.Space)?.Count <= UsualTrials) return null;
        faults.Notes.Add($"run_cap is not given: the sweep ends after {UsualTrials} trials");
        return UsualTrials;
    }

    private const int UsualTrials = 100;

    private string ReadName(YamlEntry? entry)
    {
        var name = entry is null ? fileName : ReadText(entry);
        if (name is null) return fileName;
        var usable = SweepNames.Of(name);
        if (usable.Length == 0)
            faults.Add(
                entry?.Value.At ?? new Position(1, 1),
                $"name is {entry?.Value.ToString() ?? $"that of the file, \"{Printable.Short(fileName)}\""}, must be {SweepNames.Rule}");
        else if (usable != name) faults.Notes.Add($"the sweep is called {usable}: a name is {SweepNames.Rule}");
        return usable;
    }

    /// <returns>As <see cref="SweepKeys.Methods"/> has it.</returns>
    private string? ReadMethod(YamlEntry? entry, YamlEntry? scheduler, SchedulerReader schedulers, Position root)
    {
        if (schedulers.MethodOf(scheduler, entry) is { } nearest) return nearest;
        if (entry is null) faults.Add(root, $"method is missing, must be one of {string.Join(", ", SweepKeys.Methods.Keys)}");
        if (entry?.Value is YamlValue.Scalar { Text: "custom" } custom)
        {
            faults.Add(custom.At, "method is custom, which is a scheduler's of W&B: write method: auto, which learns from earlier trials");
            return null;
        }
        return entry is null ? null : Choices.Word(entry, [.. SweepKeys.Methods.Keys], "method", faults, SweepKeys.OtherMethods);
    }

    // What a word stands for that hangs on the sweep.
    private SweepSpec Settle(SweepSpec spec, string word)
    {
        if (word == SweepKeys.Bayes && rules is ReadingRules.Earlier or ReadingRules.AsWandb)
        {
            faults.Notes.Spelled(word, EnumText.Of(SearchMethod.Tpe));
            return spec with { Method = SearchMethod.Tpe };
        }
        if (word is not (SweepKeys.Bayes or SweepKeys.Auto)) return spec;
        var (method, reason) = word == SweepKeys.Bayes ? MethodChoice.ForBayes(spec) : MethodChoice.For(spec);
        faults.Notes.Add($"method: {word} is {EnumText.Of(method)} here: {reason}");
        return spec with { Method = method };
    }

    private int? ReadRunCap(YamlEntry? entry) => (int?)ReadWhole(entry, SweepKeys.RunCap);

    private long? ReadWhole(YamlEntry? entry, ValueRule.WholeNumber rule)
    {
        if (entry is null or { Value: YamlValue.Unreadable }) return null;
        if (entry.Value is YamlValue.Scalar scalar && CoreSchema.Resolve(scalar) is { } read
            && WholeNumbers.Of(read) is ParameterValue.Whole whole && rule.Allows(whole)) return whole.Value;
        faults.Add(entry.Value.At, $"{entry.Key} is {entry.Value}, must be {rule.Wording}");
        return null;
    }

    private string? ReadText(YamlEntry? entry)
    {
        if (entry is null or { Value: YamlValue.Unreadable }) return null;
        if (entry.Value is YamlValue.Scalar { IsNull: false } scalar) return scalar.Text;
        faults.Add(entry.Value.At, $"{entry.Key} is {entry.Value}, must be text");
        return null;
    }

    [GeneratedRegex("^(x-|[._])")]
    private static partial Regex HolderPattern();
}
