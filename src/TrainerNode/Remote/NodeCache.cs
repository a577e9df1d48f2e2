namespace FashionSweep.TrainerNode.Remote;

/// <summary>
/// A node's own folder, for what is on its way to the coordinator or from it. It goes with its node; what a killed one leaves behind goes with the start of the
/// next one on the machine.
/// </summary>
internal sealed class NodeCache : IDisposable
{
    private const string Prefix = "fsweep-node-";
    private const string LockName = "lock";

    // Nobody else may enter it: so nobody else can make this user remove what is not a node's.
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder;
    private readonly FileStream _lock;

    private NodeCache(string folder, FileStream held) => (_folder, _lock) = (folder, held);

    /// <summary>Of no other node, whatever its name, machine or container.</summary>
    public static string NewFolder(string node) => Path.Combine(Path.GetTempPath(), $"{Prefix}{node}-{Guid.NewGuid():N}");

    /// <exception cref="StartException">The folder can't be written.</exception>
    public static NodeCache Open(string folder)
    {
        try
        {
            foreach (var other in Directory.EnumerateDirectories(Path.GetDirectoryName(folder)!, $"{Prefix}*")) RemoveIfLeft(other);
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, Private);
            return new NodeCache(folder, Lock(folder, FileMode.CreateNew));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{folder}: can't be written ({fault.Message}): set TMPDIR to a folder that can", fault);
        }
    }

    public void Dispose()
    {
        // Not all systems remove what is open. Nobody else takes the folder for his own meanwhile: it has a name that is used once.
        _lock.Dispose();
        Remove(_folder);
    }

    // The kernel takes a lock back when its process ends, however it ends.
    private static void RemoveIfLeft(string folder)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(folder) != Private) return;
            Lock(folder, FileMode.Open).Dispose();
            Remove(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Of a node that lives, of another user, or none of ours.
        }
    }

    private static FileStream Lock(string folder, FileMode mode) => new(Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A trial that hangs may still write into it.
        }
    }
}
