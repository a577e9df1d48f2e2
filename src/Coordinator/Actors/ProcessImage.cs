using System.Runtime.InteropServices;

namespace FashionSweep.Coordinator.Actors;

/// <summary>What this process runs, and how it becomes another program under the same id: signals and the end of it are that one's then.</summary>
internal static class ProcessImage
{
    /// <param name="program">Its file without an ending.</param>
    /// <param name="host">The file that this process runs.</param>
    /// <param name="newer">The dotnet command that it needs in place of that; null where this system's will do.</param>
    /// <returns>The program to start, and its first arguments.</returns>
    public static string[] CommandFor(string program, string? host, string? newer)
    {
        if (newer is not null) return [newer, $"{program}.dll"];
        // Under the dotnet command, others run under it too: it may be the only one that finds the runtime.
        if (host is not null && Path.GetFileNameWithoutExtension(host) == "dotnet") return [host, $"{program}.dll"];
        // The package of a dotnet tool has none that could be started by itself.
        return File.Exists(program + Ending) ? [program] : [RuntimesDotnet, $"{program}.dll"];
    }

    private static string Ending => OperatingSystem.IsWindows() ? ".exe" : "";

    // Above shared/Microsoft.NETCore.App/VERSION, which is this process's.
    private static string RuntimesDotnet => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", $"dotnet{Ending}"));

    /// <summary>Does not return where it can.</summary>
    /// <param name="variables">Of its environment; those that are set stay.</param>
    /// <returns>Why it can't.</returns>
    public static string Become(IReadOnlyList<string> command, IEnumerable<(string Name, string Value)> variables)
    {
        foreach (var (name, value) in variables) _ = SetVariable(name, value, overwrite: 0);
        // As execv wants it: the program itself first, and null behind the last.
        nint[] pointers = [.. command.Select(Marshal.StringToCoTaskMemUTF8), 0];
        _ = Execute(pointers[0], pointers);
        return Marshal.GetLastPInvokeErrorMessage();
    }

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
