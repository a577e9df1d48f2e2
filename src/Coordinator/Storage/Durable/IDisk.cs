namespace FashionSweep.Coordinator.Storage.Durable;

/// <summary>The disk under a database: all that a crash can come between. What a folder names is sure only once the folder is synced.</summary>
internal interface IDisk
{
    bool Exists(string path);

    /// <param name="writing">Else no byte of it is changed.</param>
    IDiskFile Open(string path, bool writing);

    /// <summary>Makes an empty file, for its owner only, in place of one that is there.</summary>
    IDiskFile Create(string path);

    /// <summary>Gives a file a name, in place of the file that had it.</summary>
    void Rename(string path, string name);

    void Remove(string path);

    /// <summary>Puts on the disk which names are in the folder of a file.</summary>
    void SyncNames(string path);
}

/// <summary>A file of it that is open. What was written is sure only once it is synced.</summary>
internal interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <returns>How many bytes there were, up to the length of the buffer.</returns>
    int Read(Span<byte> buffer, long offset);

    void Write(ReadOnlySpan<byte> bytes, long offset);

    void Truncate(long length);

    void Sync();
}
