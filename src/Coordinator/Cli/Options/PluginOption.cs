using System.CommandLine;
using FashionSweep.Coordinator.Actors;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary><c>--plugin</c>: your own model, alike in every verb that reads a sweep file.</summary>
internal static class PluginOption
{
    public static Option<string?> Create() => new("--plugin")
    {
        Description = "Your own model, for a file that names it: its assembly, or its project; ./fsweep new model makes one",
        HelpName = "DLL|CSPROJ",
    };

    /// <returns>Null where none is given.</returns>
    /// <exception cref="Shared.Faults.UserException">It can't be used; says why.</exception>
    public static GivenPlugin? PluginOf(this ParseResult arguments, Option<string?> option) =>
        arguments.GetValue(option) is { } path ? GivenPlugin.Read(path, AppContext.BaseDirectory) : null;
}
