namespace FashionSweep.Coordinator.Storage.Durable;

/// <summary>A file as LiteDB uses it: whole pages, read and written at their place. LiteDB locks it for each of both.</summary>
/// <remarks>
/// LiteDB never sees that a write has failed: it would stay in the middle of a commit, and its finalizer would end the process. <see cref="Fault"/> says
/// it, and nothing more is written then, to neither of a database's files: what LiteDB does from there on must not reach the disk.
/// </remarks>
internal abstract class PageStream : Stream
{
    /// <summary>Of LiteDB's file format.</summary>
    public const int PageBytes = 8192;

    /// <summary>Shared by the files of a database.</summary>
    public WriteFault Fault { get; set; } = new();

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
        Offer(() => WritePage(Position / PageBytes, buffer.AsSpan(offset, count)));
        Position += count;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    protected abstract void ReadPage(long page, Span<byte> into);

    protected abstract void WritePage(long page, ReadOnlySpan<byte> bytes);

    /// <summary>A change that LiteDB asks for.</summary>
    protected void Offer(Action change)
    {
        if (Fault.Cause is not null) return;
        try
        {
            Change(change);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Fault.Cause = cause;
        }
    }

    protected void Change(Action change)
    {
        if (!CanWrite) throw new NotSupportedException("open for reading");
        change();
    }
}

/// <summary>Why a write to one of some files has failed.</summary>
internal sealed class WriteFault
{
    /// <summary>Null where none has.</summary>
    public Exception? Cause { get; set; }

    /// <exception cref="IOException">A write has failed.</exception>
    public void ThrowIfAny()
    {
        if (Cause is not null) throw new IOException(Cause.Message, Cause);
    }
}
