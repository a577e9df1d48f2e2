using System.Diagnostics;
using System.Globalization;

namespace FashionSweep.Coordinator.Storage;

/// <summary>The right to write to a store, held by one process at a time. The kernel takes it back when the process ends, however it ends.</summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _holder;

    private StoreLock(FileStream file, string holder) => (_file, _holder) = (file, holder);

    /// <exception cref="StoreException">Another process holds it; says which.</exception>
    public static StoreLock Take(StoreFolder folder)
    {
        // A locked file can't be read by others, so who holds it stands in a file beside it.
        var holder = HolderOf(folder);
        try
        {
            var file = new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, $"process {Environment.ProcessId}, fsweep {string.Join(' ', Environment.GetCommandLineArgs().Skip(1))}");
            return new StoreLock(file, holder);
        }
        catch (IOException taken) when (File.Exists(folder.Lock))
        {
            throw new StoreException($"{folder}: in use by {Describe(holder)}: wait until it ends, or choose another folder with --store DIR", taken);
        }
    }

    public void Dispose()
    {
        File.Delete(_holder);
        _file.Dispose();
    }

    /// <summary>Who holds the right to write, as far as that can be told without taking it.</summary>
    /// <returns>Null where nobody does.</returns>
    public static string? HolderIn(StoreFolder folder)
    {
        try
        {
            var text = File.ReadAllText(HolderOf(folder));
            // One that was killed has left its file behind.
            return int.TryParse(text.Split(' ', ',')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && IsAlive(id) ? text : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string HolderOf(StoreFolder folder) => folder.Lock + ".holder";

    private static string Describe(string holder)
    {
        try
        {
            return string.Create(CultureInfo.InvariantCulture, $"{File.ReadAllText(holder)}, since {File.GetLastWriteTime(holder):yyyy-MM-dd HH:mm:ss zzz}");
        }
        catch (IOException)
        {
            // The holder is just starting or just ending.
            return "another process";
        }
    }
}
