using System.Diagnostics;

namespace FashionSweep.Cluster.Tests;

/// <summary>A disk that can be filled: a few megabytes of memory, mounted where this process may do that.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;
    private readonly string _ballast;

    private SmallDisk(string folder) => (_folder, _ballast) = (folder, Path.Combine(folder, "ballast"));

    /// <returns>Null where this process may not mount.</returns>
    public static SmallDisk? Mount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        return Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "none", folder) ? new SmallDisk(folder) : null;
    }

    public void Fill()
    {
        using var file = new FileStream(_ballast, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(_ballast);

    public void Dispose() => Run("umount", "--lazy", _folder);

    private static bool Run(string program, params string[] arguments)
    {
        using var running = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        running.StandardError.ReadToEnd();
        running.WaitForExit();
        return running.ExitCode == 0;
    }
}
