using FashionSweep.Coordinator.Actors;
using FashionSweep.Shared.Faults;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary>Plug-ins in a folder <c>plugins</c>, beside a sweep file or in the working folder. None is loaded for a file that does without.</summary>
internal static class PluginsBeside
{
    private const string Folder = "plugins";

    /// <param name="models">What the file names and is not FashionSweep's own; where there is none, nothing is looked for.</param>
    /// <returns>The plug-in of one of them; null where there is none.</returns>
    /// <exception cref="InputException">Several have one, or none can be used, or the engine is not on this machine; says what to do.</exception>
    public static GivenPlugin? Find(string sweepFile, IReadOnlyList<string> models)
    {
        if (models.Count == 0 || FilesOf(sweepFile) is not { Count: > 0 } files) return null;
        var refusals = new List<string>();
        List<(string File, GivenPlugin Plugin)> named =
            [.. files.SelectMany(file => Read(file, refusals)).Where(one => models.Contains(one.Plugin.Model.Name)).DistinctBy(one => one.Plugin.Model.Plugin)];
        if (named.Count > 1)
            throw new InputException($"{sweepFile}: {string.Join(" and ", named.Select(one => one.File))} have models that it names: give one with --plugin");
        // One that can't be used may be the one that is meant.
        if (named.Count == 0 && refusals.Count > 0) throw new InputException(string.Join('\n', refusals));
        return named.Select(one => one.Plugin).FirstOrDefault();
    }

    private static List<string> FilesOf(string sweepFile) =>
    [
        .. new[] { Path.GetDirectoryName(Path.GetFullPath(sweepFile))!, Directory.GetCurrentDirectory() }.Distinct()
            .Select(folder => Path.Combine(folder, Folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal)),
    ];

    private static IEnumerable<(string File, GivenPlugin Plugin)> Read(string file, List<string> refusals)
    {
        try
        {
            return [(file, GivenPlugin.Read(file, AppContext.BaseDirectory))];
        }
        catch (PluginException fault)
        {
            refusals.Add($"{Path.GetDirectoryName(file)}: {fault.Message}");
            return [];
        }
    }
}
