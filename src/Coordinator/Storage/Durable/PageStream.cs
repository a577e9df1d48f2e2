namespace FashionSweep.Coordinator.Storage.Durable;

/// <summary>A file as LiteDB uses it: whole pages, read and written at their place. LiteDB locks it for each of both.</summary>
/// <remarks>After a write that failed it writes nothing more: what LiteDB does then, such as taking a transaction back, must not reach the disk.</remarks>
internal abstract class PageStream : Stream
{
    /// <summary>Of LiteDB's file format.</summary>
    public const int PageBytes = 8192;

    private bool _failed;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override long Position { get; set; }

    public sealed override int Read(byte[] buffer, int offset, int count)
    {
        if (count != PageBytes) throw new ArgumentException("reads are of one page", nameof(count));
        var page = Position / PageBytes;
        if (page >= Length / PageBytes) return 0;
        ReadPage(page, buffer.AsSpan(offset, count));
        Position += count;
        return count;
    }

    public sealed override void Write(byte[] buffer, int offset, int count)
    {
        if (count != PageBytes) throw new ArgumentException("writes are of one page", nameof(count));
        Change(() => WritePage(Position / PageBytes, buffer.AsSpan(offset, count)));
        Position += count;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    protected abstract void ReadPage(long page, Span<byte> into);

    protected abstract void WritePage(long page, ReadOnlySpan<byte> bytes);

    protected void Change(Action change)
    {
        if (!CanWrite) throw new NotSupportedException("open for reading");
        if (_failed) throw new IOException("an earlier write has failed");
        // Until it has worked.
        _failed = true;
        change();
        _failed = false;
    }
}
