using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads how often each configuration is trained: a number, or <c>seeds</c> and <c>aggregate</c>.</summary>
internal sealed class RepeatsReader(FaultLog faults)
{
    private static readonly ValueRule.WholeNumber Seeds = new(1, 1000);
    private static readonly Dictionary<string, Aggregate> Aggregates = new()
    {
        ["mean"] = Aggregate.Mean,
        ["median"] = Aggregate.Median,
        ["worst"] = Aggregate.Worst,
    };

    private static readonly FileKey[] Keys =
    [
        new("seeds", "each configuration is trained with so many seeds", new KeyShape.Value(Seeds)),
        new("aggregate", "what a configuration is ranked by; the mean of its trials unless given",
            new KeyShape.Value(new ValueRule.OneOf([.. Aggregates.Keys]))),
    ];

    public static KeyShape Shape { get; } = new KeyShape.Either([new KeyShape.Value(Seeds), new KeyShape.Mapping(Keys, ["seeds"])]);

    /// <param name="parameters">Those that the sweep sets.</param>
    public Repeats Read(YamlEntry? entry, IEnumerable<string> parameters)
    {
        var repeats = entry?.Value switch
        {
            null or YamlValue.Unreadable => Repeats.None,
            YamlValue.Mapping mapping => ReadMapping(mapping),
            _ => new Repeats(ReadSeeds(entry, "repeats"), Aggregate.Mean),
        };
        if (repeats.Seeds > 1 && parameters.Contains("seed"))
            faults.Add(entry!.At, "repeats gives each trial its seed, so seed can't be among the parameters: leave one of them out");
        return repeats;
    }

    private Repeats ReadMapping(YamlValue.Mapping mapping)
    {
        var keys = new KeyedMapping(mapping, Keys, " of repeats", faults);
        if (keys["seeds"] is null) faults.Add(mapping.At, "repeats has no seeds, must say how many, as {seeds: 3}");
        var aggregate = keys["aggregate"] is { } written ? Choices.Read(written, Aggregates, "aggregate of repeats", faults) : null;
        return new Repeats(keys["seeds"] is { } seeds ? ReadSeeds(seeds, "seeds of repeats") : 1, aggregate ?? Aggregate.Mean);
    }

    private int ReadSeeds(YamlEntry entry, string subject) =>
        (int)((new ValueReader(subject, Seeds, faults).Read(entry.Value, entry.At) as ParameterValue.Whole)?.Value ?? 1);
}
