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
    public static string[] CommandFor(string? host, string folder, EngineSet engines)
    {
        var program = Path.Combine(folder, "node", "fsweep-node");
        if (EngineFolder.HostFor(folder, engines) is { } newer) return [newer, program + ".dll"];
        // Under the dotnet command, its nodes run under it too: it may be the only one that finds the runtime.
        return host is not null && Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, program + ".dll"] : [program];
    }

    /// <summary>Becomes a node, under the same process id: signals and the end of it are the node's.</summary>
    /// <remarks>On Windows, which has no such call, it starts one and waits for it.</remarks>
    /// <returns>The node's exit code, where it returns.</returns>
    /// <exception cref="NodesException">The program can't be started.</exception>
    public static int Become(IReadOnlyList<string> arguments)
    {
        var engines = EnginesIn(arguments);
        string[] command = [.. CommandFor(Environment.ProcessPath, AppContext.BaseDirectory, engines), .. arguments];
        if (OperatingSystem.IsWindows()) return Run(command);
        foreach (var (name, value) in EngineFolder.VariablesFor(engines)) _ = SetVariable(name, value, overwrite: 0);
        // As execv wants it: the program itself first, and null behind the last.
        nint[] pointers = [.. command.Select(Marshal.StringToCoTaskMemUTF8), 0];
        _ = Execute(pointers[0], pointers);
        throw new NodesException($"{command[0]}: the node program can't be started ({Marshal.GetLastPInvokeErrorMessage()})");
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

#pragma warning disable SYSLIB1054 // Generated marshalling would need unsafe code in all of the coordinator; pointers need none.
    [DllImport("libc", EntryPoint = "execv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(nint path, nint[] arguments);

    // The runtime's own copy of the environment is not what execv hands on.
    [DllImport("libc", EntryPoint = "setenv", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(string name, string value, int overwrite);
#pragma warning restore SYSLIB1054
}
