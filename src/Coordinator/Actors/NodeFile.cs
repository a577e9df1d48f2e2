using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Actors;

/// <summary>The node program, which lies beside this one.</summary>
public static class NodeFile
{
    /// <param name="host">The file that this process runs.</param>
    /// <param name="folder">The one of this program.</param>
    /// <param name="engines">Of the node.</param>
    /// <returns>The program to start, and its first arguments.</returns>
    public static string[] CommandFor(string? host, string folder, EngineSet engines) =>
        ProcessImage.CommandFor(Path.Combine(folder, "node", "fsweep-node"), host, EngineFolder.HostFor(folder, engines));

    /// <summary>Becomes a node, under the same process id: signals and the end of it are the node's.</summary>
    /// <remarks>On Windows, which has no such call, it starts one and waits for it.</remarks>
    /// <returns>The node's exit code, where it returns.</returns>
    /// <exception cref="NodesException">The program can't be started.</exception>
    public static int Become(IReadOnlyList<string> arguments)
    {
        var engines = EnginesIn(arguments);
        string[] command = [.. CommandFor(Environment.ProcessPath, AppContext.BaseDirectory, engines), .. arguments];
        if (OperatingSystem.IsWindows()) return Run(command);
        throw new NodesException($"{command[0]}: the node program can't be started ({ProcessImage.Become(command, EngineFolder.VariablesFor(engines))})");
    }

    // What its console is told, such as Ctrl-C, the node hears too; this process ends behind it.
    private static int Run(string[] command)
    {
        using var waits = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        try
        {
            using var node = Process.Start(command[0], command[1..]);
            node.WaitForExit();
            return node.ExitCode;
        }
        catch (Win32Exception fault)
        {
            throw new NodesException($"{command[0]}: the node program can't be started ({fault.Message})");
        }
    }

    // The node reads its command line itself: what is wrong with it is the node's to say.
    private static EngineSet EnginesIn(IReadOnlyList<string> arguments) =>
        new(EngineNames.All.Where(engine => arguments.Contains(engine) || arguments.Contains($"--engine={engine}")));
}
