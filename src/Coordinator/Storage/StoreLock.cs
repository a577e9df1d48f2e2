using System.Diagnostics;
using System.Globalization;

namespace FashionSweep.Coordinator.Storage;

/// <summary>
/// The right to a store: to write to it, held by one process at a time, or to read it at rest, held by any number of them while nobody writes. The kernel
/// takes it back when a process ends, however it ends.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    // Readers are done within moments.
    private static readonly TimeSpan PatienceWithReaders = TimeSpan.FromSeconds(20);

    private readonly FileStream _file;
    private readonly string? _holder;

    private StoreLock(FileStream file, string? holder) => (_file, _holder) = (file, holder);

    /// <summary>Takes the right to write. Who reads is waited for.</summary>
    /// <exception cref="StoreInUseException">Another process holds it; says which.</exception>
    public static StoreLock Take(StoreFolder folder)
    {
        // A locked file can't be read by others, so who holds it stands in a file beside it.
        var holder = HolderOf(folder);
        FileStream? file = null;
        IOException? taken = null;
        SpinWait.SpinUntil(() => TryTake(folder, out file, out taken) || HolderIn(folder) is not null, PatienceWithReaders);
        if (file is null)
            throw new StoreInUseException($"{folder}: in use by {Describe(holder)}: wait until it ends, or choose another folder with --store DIR", taken);
        File.WriteAllText(holder, $"process {Environment.ProcessId}, fsweep {string.Join(' ', Environment.GetCommandLineArgs().Skip(1))}");
        return new StoreLock(file, holder);
    }

    /// <summary>Takes the right to read a store at rest, and changes nothing.</summary>
    /// <returns>Null of a store that was never written to here, such as a copy: there is nobody to be kept out.</returns>
    /// <exception cref="StoreInUseException">A process writes to it; says which.</exception>
    public static StoreLock? Share(StoreFolder folder)
    {
        try
        {
            return new StoreLock(new FileStream(folder.Lock, FileMode.Open, FileAccess.Read, FileShare.Read), holder: null);
        }
        catch (FileNotFoundException) when (Directory.Exists(folder.Path))
        {
            return null;
        }
        catch (IOException taken) when (File.Exists(folder.Lock))
        {
            throw new StoreInUseException($"{folder}: in use by {Describe(HolderOf(folder))}", taken);
        }
    }

    public void Dispose()
    {
        // A folder that was moved or deleted meanwhile has none any more.
        if (File.Exists(_holder)) File.Delete(_holder);
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

    private static bool TryTake(StoreFolder folder, out FileStream? file, out IOException? taken)
    {
        try
        {
            (file, taken) = (new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), null);
            return true;
        }
        catch (IOException fault) when (File.Exists(folder.Lock))
        {
            (file, taken) = (null, fault);
            return false;
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
