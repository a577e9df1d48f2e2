using System.CommandLine;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary><c>--data DIR</c>, alike in every verb that needs the images.</summary>
internal static class DataOption
{
    public static Option<string?> Create() => new("--data")
    {
        Description = "Folder of the data set's files; else FASHION_MNIST_DIR, else where the system or the user keeps them",
        HelpName = "DIR",
    };
}
