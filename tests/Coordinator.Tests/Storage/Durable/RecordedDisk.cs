using FashionSweep.Coordinator.Storage.Durable;

namespace FashionSweep.Coordinator.Tests.Storage.Durable;

/// <summary>A disk in memory that remembers every step that was taken on it.</summary>
internal sealed class RecordedDisk : IDisk
{
    private readonly Dictionary<string, Image> _names = [];

    public RecordedDisk()
    {
    }

    /// <param name="names">What is on it at first.</param>
    public RecordedDisk(IEnumerable<KeyValuePair<string, Image>> names) => _names = names.ToDictionary(pair => pair.Key, pair => pair.Value);

    public List<DiskStep> Steps { get; } = [];

    /// <summary>Writes fail from now on, as on a disk that is full.</summary>
    public bool IsFull { get; set; }

    /// <summary>Nothing more is done on it behind so many steps, as when its process is killed there.</summary>
    public int? LastStep { get; set; }

    public IReadOnlyDictionary<string, Image> Names => _names;

    public bool Exists(string path) => _names.ContainsKey(path);

    public IDiskFile Open(string path, bool writing) => new OpenFile(this, _names[path], writing);

    public IDiskFile Create(string path)
    {
        Refuse();
        var image = new Image();
        Do(new DiskStep.Made(path, image));
        _names[path] = image;
        return new OpenFile(this, image, true);
    }

    public void Rename(string path, string name)
    {
        Do(new DiskStep.Renamed(path, name));
        _names.Remove(path, out var image);
        _names[name] = image!;
    }

    public void Remove(string path)
    {
        Do(new DiskStep.Removed(path));
        _names.Remove(path);
    }

    public void SyncNames(string path) => Do(new DiskStep.NamesSynced());

    private void Do(DiskStep step)
    {
        if (Steps.Count >= LastStep) throw new IOException("killed");
        Steps.Add(step);
    }

    private void Refuse()
    {
        if (IsFull) throw new IOException("No space left on device");
    }

    private sealed class OpenFile(RecordedDisk disk, Image image, bool writing) : IDiskFile
    {
        public long Length => image.Length;

        public int Read(Span<byte> buffer, long offset) => image.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            writing.ShouldBeTrue();
            disk.Refuse();
            disk.Do(new DiskStep.Written(image, offset, bytes.ToArray()));
            image.Write(bytes, offset);
        }

        public void Truncate(long length)
        {
            writing.ShouldBeTrue();
            disk.Do(new DiskStep.Truncated(image, length));
            image.Truncate(length);
        }

        public void Sync() => disk.Do(new DiskStep.Synced(image));

        public void Dispose()
        {
        }
    }
}

/// <summary>The bytes of a file.</summary>
internal sealed class Image
{
    private byte[] _bytes = [];

    public long Length { get; private set; }

    public Image Copy() => new() { _bytes = _bytes[..(int)Length], Length = Length };

    public byte[] ToArray() => _bytes[..(int)Length];

    public int Read(Span<byte> buffer, long offset)
    {
        var count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        _bytes.AsSpan((int)Math.Min(offset, Length), count).CopyTo(buffer);
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (offset + bytes.Length > Length) Truncate(offset + bytes.Length);
        bytes.CopyTo(_bytes.AsSpan((int)offset));
    }

    public void Truncate(long length)
    {
        if (length > _bytes.Length) Array.Resize(ref _bytes, (int)length * 2);
        if (length < Length) _bytes.AsSpan((int)length, (int)(Length - length)).Clear();
        Length = length;
    }
}

internal abstract record DiskStep
{
    public sealed record Made(string Path, Image File) : DiskStep;

    public sealed record Renamed(string Path, string Name) : DiskStep;

    public sealed record Removed(string Path) : DiskStep;

    public sealed record NamesSynced : DiskStep;

    public sealed record Written(Image File, long Offset, byte[] Bytes) : DiskStep;

    public sealed record Truncated(Image File, long Length) : DiskStep;

    public sealed record Synced(Image File) : DiskStep;
}
