using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>Guild AI's file: operations with flags, by themselves or of models. The first operation that searches anything is read.</summary>
internal sealed class GuildFile : IForeignFile
{
    private static readonly string[] Owners = ["model", "operations", "config", "package"];
    private static readonly string[] Understood = ["flags", "optimizers", "optimizer", "max-trials", "minimize", "maximize"];

    public string Kind => "a file of Guild";

    public bool Is(YamlValue root) =>
        root.Items().Any(item => Owners.Any(item.Has))
        || root.Has("operations")
        || root.Entries().Any(entry => entry.Value.At("flags") is YamlValue.Mapping)
        || (root.At("flags") is YamlValue.Mapping && (root.Has("optimizer") || root.Has("run") || root.Has("main")));

    public void Read(YamlValue root, ForeignSearch search)
    {
        var operations = Operations(root).ToList();
        if (operations.Count == 0) return;
        var (name, operation) = operations.Find(pair => pair.Operation.At("flags").Entries().Any(flag => Domain(flag.Value) is not ForeignDomain.Constant));
        if (operation is null) (name, operation) = operations[0];
        search.Name = name;
        ReadMethod(operation, search);
        search.Budget("run_cap", operation.At("max-trials").Number());
        if ((operation.At("maximize") ?? operation.At("minimize")) is { } objective)
            (search.Metric, search.Goal) = (objective.Text(), operation.Has("maximize") ? Goal.Maximize : Goal.Minimize);
        foreach (var flag in operation.At("flags").Entries().Where(flag => flag.Key != "$include")) search.Add(flag.Key, Domain(flag.Value));
        foreach (var other in operations.Where(pair => pair.Operation != operation)) search.Missing.Add($"the operation {other.Name}");
        foreach (var entry in operation.Entries().Where(entry => !Understood.Contains(entry.Key))) search.Missing.Add(entry.Key);
    }

    private static IEnumerable<(string? Name, YamlValue Operation)> Operations(YamlValue root)
    {
        if (root.At("flags") is YamlValue.Mapping) return [(root.At("operation").Text(), root)];
        var owners = root is YamlValue.Sequence list ? list.Items : [root];
        return owners.SelectMany(owner => (owner.At("operations") ?? owner).Entries())
            .Where(entry => entry.Value is YamlValue.Mapping)
            .Select(entry => ((string?)entry.Key, entry.Value));
    }

    private static void ReadMethod(YamlValue operation, ForeignSearch search)
    {
        if (operation.At("optimizers").Entries() is [var first, ..]) search.ChooseBy((first.Value.At("algorithm") ?? first.Value).Text() ?? first.Key);
        else if ((operation.At("optimizer", "name") ?? operation.At("optimizer")).Text() is { } name) search.ChooseBy(name);
        else search.Method = null;
    }

    private static ForeignDomain Domain(YamlValue flag)
    {
        if (flag is YamlValue.Mapping mapping) return OfMapping(mapping);
        if (flag is YamlValue.Sequence list) return OfList(list);
        if (flag.Text() is { } text && GuildFunction.Parse(text) is { } function) return function;
        return flag.Value() is { } value ? new ForeignDomain.Constant(value) : new ForeignDomain.Unknown(flag.Words());
    }

    // What a flag may be, with the value that it has where nobody says otherwise.
    private static ForeignDomain OfMapping(YamlValue.Mapping flag)
    {
        var usual = flag.At("default") is { } given and not YamlValue.Mapping ? Domain(given) : null;
        if (usual is not (null or ForeignDomain.Constant)) return usual;
        if (flag.At("choices").Items() is { Count: > 0 } choices)
            return new ForeignDomain.Choices([.. choices.Select(choice => (choice.At("value") ?? choice).Value()).OfType<ParameterValue>()]);
        if (flag.At("min").Number() is { } min && flag.At("max").Number() is { } max)
            return new ForeignDomain.Range(min, max, IsWhole: flag.At("type").Text() is "int");
        return usual ?? new ForeignDomain.Unknown(flag.Words());
    }

    // YAML takes [1e-4:1e-1] for a list of one text.
    private static ForeignDomain OfList(YamlValue.Sequence list)
    {
        if (list.Items is [YamlValue.Scalar { Text: var text }] && text.Contains(':') && GuildFunction.Parse($"[{text}]") is { } function) return function;
        var values = list.Items.Select(item => item.Value()).OfType<ParameterValue>().ToList();
        return values.Count > 0 ? new ForeignDomain.Choices(values) : new ForeignDomain.Unknown(list.Words());
    }
}

/// <summary>Guild's functions of flags: <c>loguniform[1e-4:1e-1]</c>, <c>range[1:9:2]</c>, <c>linspace[0:1:5]</c>, <c>[0.1:0.9]</c>.</summary>
internal static class GuildFunction
{
    private const int UsualCount = 5;

    /// <returns>Null where the text is none.</returns>
    public static ForeignDomain? Parse(string text)
    {
        var open = text.IndexOf('[', StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith(']')) return null;
        var inside = text[(open + 1)..^1];
        var numbers = inside.Split(':').Select(part => ForeignTree.NumberOf(part.Trim())).ToList();
        return (text[..open], numbers) switch
        {
            ("uniform" or "", [{ } min, { } max, ..]) => new ForeignDomain.Range(min, max),
            ("loguniform", [{ } min, { } max, ..]) => new ForeignDomain.Range(min, max, IsLog: true),
            ("range", [{ } first, { } last]) => ForeignDomain.Steps(first, last, 1),
            ("range", [{ } first, { } last, { } step, ..]) => ForeignDomain.Steps(first, last, step),
            ("linspace", [{ } first, { } last, .. var more]) => ForeignDomain.Spread(first, last, (int)(more.FirstOrDefault() ?? UsualCount)),
            ("logspace", [{ } first, { } last, .. var more]) =>
                ForeignDomain.Spread(first, last, (int)(more.FirstOrDefault() ?? UsualCount), more.ElementAtOrDefault(1) ?? 10),
            ("", _) when inside.Contains(',') => new ForeignDomain.Choices(
                [.. inside.Split(',').Select(part => ForeignTree.Resolve(part.Trim().Trim('\'', '"'))).OfType<ParameterValue>()]),
            _ => null,
        };
    }
}
