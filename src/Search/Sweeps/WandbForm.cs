using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps.Yaml;

namespace FashionSweep.Search.Sweeps;

/// <summary>Files that W&amp;B takes as well, and the order in which it goes through their grids.</summary>
internal static class WandbForm
{
    private static readonly string[] OwnKeys =
        ["constraints", "baselines", "repeats", "seed", .. BudgetsReader.Keys.Select(key => key.Name)];

    /// <summary>Whether a file says nothing that W&amp;B doesn't know: there each parameter is a mapping, and has no condition.</summary>
    public static bool IsOne(YamlValue.Mapping root) =>
        !root.Entries.Any(entry => OwnKeys.Contains(entry.Key))
        && root.Entries.FirstOrDefault(entry => entry.Key == "parameters")?.Value is YamlValue.Mapping parameters
        && AreMappings(parameters);

    /// <summary>The parameters by their names, where a run_cap leaves some of the grid out: W&amp;B changes the last of them fastest.</summary>
    /// <param name="byName">The hyperparameters in the order of the names that the file gives them.</param>
    public static SweepSpec InItsOrder(SweepSpec spec, IReadOnlyList<string> byName, ReadingNotes notes)
    {
        if (spec.Method != SearchMethod.Grid || spec.RunCap is not { } cap || !(GridSpace.Of(spec.Space)?.Size > cap)) return spec;
        var ordered = spec.Parameters.OrderBy(parameter => byName.Index().FirstOrDefault(name => name.Item == parameter.Name).Index).ToList();
        if (ordered.SequenceEqual(spec.Parameters)) return spec;
        notes.Add("run_cap cuts the grid, which goes by the parameters' names as W&B's does, the last changing fastest");
        return spec with { Space = new SearchSpace(spec.Catalog, ordered, spec.Space.Constraints) };
    }

    private static bool AreMappings(YamlValue.Mapping parameters) => parameters.Entries.All(entry =>
        entry.Value is YamlValue.Mapping domain
        && !domain.Entries.Any(key => key.Key == "when")
        && domain.Entries.Where(key => key.Key == "parameters").All(group => group.Value is YamlValue.Mapping inner && AreMappings(inner)));
}
