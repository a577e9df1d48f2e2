using System.Buffers.Binary;

namespace FashionSweep.Coordinator.Storage.Durable;

/// <summary>LiteDB's database in one file: a flush is a sync, and each page has a checksum, which LiteDB has none of.</summary>
/// <remarks>
/// The checksum stands where LiteDB keeps a page's transaction, which no page of a database belongs to any more: LiteDB reads the file without us as well.
/// A page that was written so, and has no checksum, is taken as it is.
/// </remarks>
/// <param name="log">Null where it has none. Where the log has newer pages, a crash may have come between their writing here.</param>
internal sealed class PageFile(IDiskFile file, string name, bool writing, PageLog? log) : PageStream
{
    private const int Type = 4;
    private const int Transaction = 14;
    private const int MarkPlace = 128;

    // The part of the first page that has both the mark and the checksum: a disk writes it at once.
    private const int SectorBytes = 512;

    // Pages that wait for their newest state.
    private readonly HashSet<uint> _passedOver = [];

    public override bool CanWrite => writing;

    /// <summary>Of whole pages: what a crash has left of one more is nothing that counts.</summary>
    public override long Length => file.Length / PageBytes * PageBytes;

    /// <summary>The log that belongs to it, in the first page, where LiteDB has nothing; 0 where none does.</summary>
    public static ulong MarkOf(ReadOnlySpan<byte> firstPage) => BinaryPrimitives.ReadUInt64LittleEndian(firstPage[MarkPlace..]);

    /// <summary>Whether nothing is in a page: LiteDB takes it before it makes the file longer.</summary>
    public static bool IsFree(ReadOnlySpan<byte> page) => page[Type] == 0;

    public override void Flush() => Offer(() =>
    {
        if (_passedOver.Count > 0) throw new IOException("the newest state of a page was not written");
        file.Sync();
    });

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>The first page with another mark, as it is stored.</summary>
    public static byte[] Marked(byte[] firstPage, ulong log)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(firstPage.AsSpan(MarkPlace), log);
        return Summed(0, firstPage);
    }

    /// <summary>A page as it is stored.</summary>
    public static byte[] Summed(long page, byte[] bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Transaction), SumOf(page, bytes));
        return bytes;
    }

    /// <summary>Notes which log belongs to it, for good once this returns.</summary>
    public void Mark(ulong log) => Change(() =>
    {
        var page = new byte[PageBytes];
        ReadPage(0, page);
        file.Write(Marked(page, log).AsSpan(0, SectorBytes), 0);
        file.Sync();
    });

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }

    protected override void ReadPage(long page, Span<byte> into)
    {
        if (file.Read(into, page * PageBytes) < PageBytes) throw new StoreException(Damage.CutOff(name));
        var sum = into[Transaction..(Transaction + sizeof(uint))];
        var stored = BinaryPrimitives.ReadUInt32LittleEndian(sum);
        if (stored != uint.MaxValue && stored != SumOf(page, into) && log?.Newest.ContainsKey((uint)page) is not true)
            throw new StoreException(Damage.At(name, page * PageBytes));
        sum.Fill(byte.MaxValue);
    }

    // LiteDB brings each page as often as it stands in the log, in that order.
    protected override void WritePage(long page, ReadOnlySpan<byte> bytes)
    {
        if (log?.HasNewer((uint)page) is true)
        {
            _passedOver.Add((uint)page);
            return;
        }
        _passedOver.Remove((uint)page);
        file.Write(Summed(page, bytes.ToArray()), page * PageBytes);
    }

    // The one sum that says there is none is another's.
    private static uint SumOf(long page, ReadOnlySpan<byte> bytes) => Math.Min(PageSum.Of(page, bytes, Transaction), uint.MaxValue - 1);
}
