using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>NNI's search space: <c>{"lr": {"_type": "loguniform", "_value": [1e-4, 0.1]}}</c>, with nested choices.</summary>
internal sealed class NniSpace : IForeignFile
{
    public string Kind => "a search space of NNI";

    public bool Is(YamlValue root) => root.Entries().Any(entry => entry.Value.Has("_type") && entry.Value.Has("_value"));

    public void Read(YamlValue root, ForeignSearch search) => Read(root, search, null);

    internal static void Read(YamlValue? space, ForeignSearch search, ForeignCondition? when)
    {
        foreach (var entry in space.Entries().Where(entry => entry.Key != "_name"))
        {
            var values = entry.Value.At("_value").Items();
            var domain = Domain(entry.Value, values);
            search.Add(entry.Key, domain, when);
            if (domain is not ForeignDomain.Choices) continue;
            // A branch: its own parameters are there only where it is chosen.
            foreach (var branch in values.Where(value => value.At("_name") is not null))
                Read(branch, search, new ForeignCondition(entry.Key, [branch.At("_name").Value()!]));
        }
    }

    private static ForeignDomain Domain(YamlValue written, IReadOnlyList<YamlValue> values)
    {
        var numbers = values.Select(value => value.Number()).ToList();
        return (written.At("_type").Text(), numbers) switch
        {
            ("choice", _) when Choices(values) is { Count: > 0 } choices => new ForeignDomain.Choices(choices),
            ("randint", [{ } min, { } max, ..]) => new ForeignDomain.Range(min, max - 1, IsWhole: true),
            ("uniform", [{ } min, { } max, ..]) => new ForeignDomain.Range(min, max),
            ("quniform", [{ } min, { } max, { } q, ..]) => new ForeignDomain.Range(min, max, Step: q),
            ("loguniform", [{ } min, { } max, ..]) => new ForeignDomain.Range(min, max, IsLog: true),
            ("qloguniform", [{ } min, { } max, { } q, ..]) => new ForeignDomain.Range(min, max, IsLog: true, Step: q),
            ("normal", [{ } mean, { } deviation, ..]) => new ForeignDomain.Normal(mean, deviation),
            ("qnormal", [{ } mean, { } deviation, { } q, ..]) => new ForeignDomain.Normal(mean, deviation, Step: q),
            ("lognormal", [{ } mean, { } deviation, ..]) => new ForeignDomain.Normal(mean, deviation, IsLog: true),
            ("qlognormal", [{ } mean, { } deviation, { } q, ..]) => new ForeignDomain.Normal(mean, deviation, IsLog: true, Step: q),
            _ => new ForeignDomain.Unknown(written.Words()),
        };
    }

    private static List<ParameterValue> Choices(IReadOnlyList<YamlValue> values) =>
        [.. values.Select(value => value is YamlValue.Mapping ? value.At("_name").Value() : value.Value()).OfType<ParameterValue>()];
}
