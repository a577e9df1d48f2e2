using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FashionSweep.Training.Checkpoints;

/// <summary>Puts files where a power cut leaves them, so that a durable record may name them.</summary>
public static partial class DurableFile
{
    private const int ReadOnly = 0;

    /// <summary>Gives a written file its name, in place of the one before. Once this returns, file and name are on the disk.</summary>
    /// <param name="part">Closed by its writer; on the same file system.</param>
    /// <param name="place">In a folder that is there.</param>
    /// <exception cref="IOException">The disk or the folder refused; either file may be at that place.</exception>
    public static void Place(string part, string place) => Place(part, place, FlushFile, FlushFolder);

    /// <summary>Makes a folder and those above it, and keeps their names as <see cref="Place(string, string)"/> keeps a file's.</summary>
    public static void CreateFolder(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(full) || Path.GetDirectoryName(full) is not { } above) return;
        CreateFolder(above);
        Directory.CreateDirectory(full);
        FlushFolder(above);
    }

    // The file first: a name must never reach the disk before what it names.
    internal static void Place(string part, string place, Action<string> flushFile, Action<string> flushFolder)
    {
        flushFile(part);
        File.Move(part, place, overwrite: true);
        flushFolder(Path.GetDirectoryName(Path.GetFullPath(place))!);
    }

    internal static void FlushFile(string path)
    {
        // Windows flushes by a handle that may write; elsewhere one that reads does, also for a copy of a file that nobody may write.
        using var file = File.OpenHandle(path, access: OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Puts on the disk which names are in a folder: of files that were made, renamed or removed there.</summary>
    public static void FlushFolder(string path)
    {
        // Windows has no such call for folders; NTFS writes the names to its journal.
        if (OperatingSystem.IsWindows()) return;
        // File.OpenHandle refuses folders.
        using var folder = Open(path, ReadOnly);
        if (folder.IsInvalid) throw new IOException($"{path}: can't be opened to flush it: {Marshal.GetLastPInvokeErrorMessage()}");
        RandomAccess.FlushToDisk(folder);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);
}
