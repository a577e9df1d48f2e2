using System.Text.RegularExpressions;
using FashionSweep.Coordinator.Names;
using FashionSweep.Coordinator.Sweeps.Yaml;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Sweeps;

/// <summary>Turns the document of a sweep file into a spec, and logs every fault on the way.</summary>
internal sealed partial class SpecReader(string fileName, FaultLog faults)
{
    private static readonly string[] Keys = ["name", "description", "method", "metric", "parameters", "constraints", "run_cap", "early_terminate", "seed"];

    /// <returns>Null where the log says why; what is returned beside faults is not to be used.</returns>
    public SweepSpec? Read(YamlValue root)
    {
        if (root is not YamlValue.Mapping mapping)
        {
            if (root is not YamlValue.Unreadable) faults.Add(root.At, $"the file is {root}, must be a mapping with keys such as method and parameters");
            return null;
        }
        var keys = new KeyedMapping(mapping, Keys, "", faults, AdviseOnTopKey);
        var method = ReadMethod(keys["method"], mapping.At);
        var runCap = ReadRunCap(keys["run_cap"]);
        var spec = new SweepSpec(
            ReadName(keys["name"], mapping.At), method ?? SearchMethod.Grid, new MetricReader(faults).Read(keys["metric"]),
            new SpaceReader(method, hasRunCap: keys["run_cap"] is not null, faults).Read(keys["parameters"], keys["constraints"], mapping.At),
            runCap, ReadWhole(keys["seed"], 0, long.MaxValue) ?? DefaultSeed, ReadText(keys["description"]))
        { Pruning = new PruningReader(keys["metric"], faults).Read(keys["early_terminate"]) };
        if (method == SearchMethod.Random && keys["run_cap"] is null)
            faults.Add(keys["method"]!.Value.At, "method is random, which never ends by itself: run_cap must say how many trials, as run_cap: 30");
        return spec;
    }

    private const long DefaultSeed = 1;

    private static string? AdviseOnTopKey(string key) =>
        Suggestion.Meant(key, Keys) is null && Hyperparameters.Find(key) is not null ? "; it is a parameter: indent it under parameters" : null;

    private string ReadName(YamlEntry? entry, Position root)
    {
        var name = entry is null ? fileName : ReadText(entry);
        if (name is null || NamePattern().IsMatch(name)) return name ?? fileName;
        if (entry is null) faults.Add(root, $"name is missing, and the file's own is \"{Printable.Short(fileName)}\"; a name must be {NameRule}");
        else faults.Add(entry.Value.At, $"name is {entry.Value}, must be {NameRule}");
        return name;
    }

    private const string NameRule = "up to 100 letters, digits, -, _ and ., the first a letter or digit";

    private SearchMethod? ReadMethod(YamlEntry? entry, Position root)
    {
        if (entry is null) faults.Add(root, "method is missing, must be grid or random");
        return entry is null ? null : Choices.Read(entry, Methods, "method", faults);
    }

    private static readonly Dictionary<string, SearchMethod> Methods = new() { ["grid"] = SearchMethod.Grid, ["random"] = SearchMethod.Random };

    private int? ReadRunCap(YamlEntry? entry) => (int?)ReadWhole(entry, 1, int.MaxValue);

    private long? ReadWhole(YamlEntry? entry, long min, long max)
    {
        if (entry is null or { Value: YamlValue.Unreadable }) return null;
        var rule = new ValueRule.WholeNumber(min, max);
        if (entry.Value is YamlValue.Scalar scalar && CoreSchema.Resolve(scalar) is ParameterValue.Whole whole && rule.Allows(whole)) return whole.Value;
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

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex NamePattern();
}
