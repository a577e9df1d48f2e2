using FashionSweep.EndToEnd.Tests.Pace;

/// <summary>
/// The runtime calls it before a program's own start where <c>DOTNET_STARTUP_HOOKS</c> names this assembly, and looks for it outside of all namespaces.
/// </summary>
internal static class StartupHook
{
    private const string NodeProgram = "fsweep-node.dll";

    public static void Initialize()
    {
        var words = Environment.GetCommandLineArgs();
        if (Path.GetFileName(words[0]) == NodeProgram) PacedNode.Run(words[1..]);
    }
}
