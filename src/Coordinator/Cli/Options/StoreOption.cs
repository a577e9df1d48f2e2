using System.CommandLine;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary><c>--store DIR</c>, alike in every verb.</summary>
public static class StoreOption
{
    public static Option<string?> Create() => new("--store")
    {
        Description = "Folder of the results: else FSWEEP_STORE, else .fsweep",
        HelpName = "DIR",
    };

    public static StoreFolder FolderOf(this ParseResult arguments, Option<string?> store) => StoreFolder.Choose(arguments.GetValue(store));
}
