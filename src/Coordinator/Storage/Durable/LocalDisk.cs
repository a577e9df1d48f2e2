using FashionSweep.Training.Checkpoints;
using Microsoft.Win32.SafeHandles;

namespace FashionSweep.Coordinator.Storage.Durable;

/// <summary>The disk of this machine.</summary>
internal sealed class LocalDisk : IDisk
{
    public bool Exists(string path) => File.Exists(path);

    // Shared with everyone: who may write is the lock's to say, which works the same on all systems.
    public IDiskFile Open(string path, bool writing) => new LocalFile(
        File.OpenHandle(path, FileMode.Open, writing ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    public IDiskFile Create(string path)
    {
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        KeepPrivate(file);
        return new LocalFile(file);
    }

    /// <summary>Lets a file's owner alone read it.</summary>
    public static void KeepPrivate(SafeFileHandle file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Rename(string path, string name) => File.Move(path, name, overwrite: true);

    public void Remove(string path) => File.Delete(path);

    public void SyncNames(string path) => DurableFile.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);

    private sealed class LocalFile(SafeFileHandle file) : IDiskFile
    {
        public long Length => RandomAccess.GetLength(file);

        public int Read(Span<byte> buffer, long offset)
        {
            var read = 0;
            while (read < buffer.Length && RandomAccess.Read(file, buffer[read..], offset + read) is > 0 and var more) read += more;
            return read;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(file, bytes, offset);

        public void Truncate(long length) => RandomAccess.SetLength(file, length);

        public void Sync() => RandomAccess.FlushToDisk(file);

        public void Dispose() => file.Dispose();
    }
}
