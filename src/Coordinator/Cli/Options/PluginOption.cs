using System.CommandLine;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary><c>--plugin</c>: your own model, alike in every verb that reads a sweep file.</summary>
internal static class PluginOption
{
    private const string Model = "model";

    public static Option<string?> Create() => new("--plugin")
    {
        Description = "Your own model, for a file that names it: its assembly, or its project; else an assembly in a folder plugins beside the file or here",
        HelpName = "DLL|CSPROJ",
    };

    /// <returns>Null where none is given.</returns>
    /// <exception cref="Shared.Faults.UserException">It can't be used; says why.</exception>
    public static GivenPlugin? PluginOf(this ParseResult arguments, Option<string?> option) =>
        arguments.GetValue(option) is { } path ? GivenPlugin.Read(path, AppContext.BaseDirectory) : null;

    /// <summary>Reads a sweep file, with the own model that it names.</summary>
    /// <returns>The plug-in is null where it names none.</returns>
    /// <exception cref="SweepFileException">The file is wrong.</exception>
    /// <exception cref="Shared.Faults.UserException">The plug-in can't be used; says why.</exception>
    public static (SweepFile File, GivenPlugin? Plugin) SweepOf(this ParseResult arguments, Option<string?> option, string path, ParameterCatalog catalog)
    {
        if (arguments.PluginOf(option) is { } given) return (SweepFile.Load(path, catalog.With(given.Model)), given);
        try
        {
            return (SweepFile.Load(path, catalog), null);
        }
        catch (SweepFileException)
        {
            if (PluginsBeside.Find(path, UnknownModels(path, catalog)) is not { } found) throw;
            return (SweepFile.Load(path, catalog.With(found.Model)), found);
        }
    }

    private static List<string> UnknownModels(string path, ParameterCatalog catalog) =>
        [.. SweepFile.WordsOf(Model, path, catalog).Where(word => catalog.Find(Model)?.Rule is ValueRule.OneOf known && known.Meant(word) is null)];
}
