using FashionSweep.Search.Sweeps.Yaml;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>The kinds of files of other tools that are known.</summary>
internal static class ForeignFiles
{
    private static readonly IForeignFile[] All =
    [
        new KatibExperiment(), new NniExperiment(), new NniSpace(), new HydraSweeper(), new RayTuneSpace(), new KerasTunerSpace(), new DeterminedConfig(),
        new GuildFile(),
    ];

    /// <summary>All kinds in words, as <c>an experiment of Katib, …</c>.</summary>
    public static string Kinds => string.Join(", ", All.Select(kind => kind.Kind));

    /// <returns>Null for a document of ours, of W&amp;B, or of nobody that is known.</returns>
    public static IForeignFile? Find(YamlValue? root) =>
        root is null || IsOfSweep(root) ? null : All.FirstOrDefault(kind => kind.Is(root));

    public static string Advice(IForeignFile kind, string path) => $"this is {kind.Kind}: ./fsweep convert {path} prints the same search as a sweep file";

    private static bool IsOfSweep(YamlValue root) => root.Has("parameters") && (root.Has("method") || root.Has("metric") || root.Has("run_cap"));
}
