using System.Runtime.InteropServices;

namespace FashionSweep.Coordinator.Actors;

/// <summary>The node program, which lies beside this one.</summary>
public static class NodeFile
{
    /// <param name="host">The file that this process runs.</param>
    /// <param name="folder">The one of this program.</param>
    /// <returns>The program to start, and its first arguments.</returns>
    public static string[] CommandFor(string? host, string folder)
    {
        var program = Path.Combine(folder, "node", "fsweep-node");
        // Under the dotnet command, its nodes run under it too: it may be the only one that finds the runtime.
        return host is not null && Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, program + ".dll"] : [program];
    }

    /// <summary>Becomes a node, under the same process id: signals and the end of it are the node's. Never returns.</summary>
    /// <exception cref="NodesException">The program can't be started.</exception>
    public static void Become(IReadOnlyList<string> arguments)
    {
        string[] command = [.. CommandFor(Environment.ProcessPath, AppContext.BaseDirectory), .. arguments];
        // As execv wants it: the program itself first, and null behind the last.
        nint[] pointers = [.. command.Select(Marshal.StringToCoTaskMemUTF8), 0];
        _ = Execute(pointers[0], pointers);
        throw new NodesException($"{command[0]}: the node program can't be started ({Marshal.GetLastPInvokeErrorMessage()})");
    }

#pragma warning disable SYSLIB1054 // Generated marshalling would need unsafe code in all of the coordinator; pointers need none.
    [DllImport("libc", EntryPoint = "execv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(nint path, nint[] arguments);
#pragma warning restore SYSLIB1054
}
