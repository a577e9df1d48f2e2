using System.Buffers.Binary;

namespace FashionSweep.Coordinator.Storage.Durable;

/// <summary>LiteDB's log in one file, so that a committed transaction survives a power cut, and only whole ones do.</summary>
/// <remarks>
/// LiteDB by itself never syncs its log, and takes from it whatever is marked as confirmed, also where pages before that mark were lost. Here each page is
/// a frame with a checksum that goes on from the frame before, and a page that confirms a transaction is synced before LiteDB is told that it is written.
/// What is opened again is shown up to the last confirmed page in front of the first frame that does not fit.
/// </remarks>
internal sealed class PageLog : PageStream
{
    public const int FrameBytes = PageBytes + (2 * sizeof(ulong));

    /// <summary>Where a page says that it is the last of a transaction.</summary>
    public const int Confirmed = 18;

    private const int PageType = 4;
    private const byte HeaderType = 1;

    private readonly IDiskFile _file;
    private readonly string _name;
    private readonly ulong _id;
    private readonly byte[] _frame = new byte[FrameBytes];
    private ulong _salt;
    private ulong _sum;
    private long _frames;

    // Of the frames, so many are on the disk for sure.
    private long _synced;

    // The frame that was read last.
    private long _read;

    private PageLog(IDiskFile file, string name, ulong id, ulong salt, bool writing) =>
        (_file, _name, _id, _salt, _sum, CanWrite) = (file, name, id, salt, salt, writing);

    public override bool CanWrite { get; }

    public override long Length => _frames * PageBytes;

    /// <summary>The pages that it has, and where each stands for the last time in it. Those of the database are older.</summary>
    public Dictionary<uint, long> Newest { get; } = [];

    /// <summary>The newest first page of the database in it, as it was opened.</summary>
    public byte[]? Header { get; private set; }

    public static PageLog Make(IDiskFile file, string name, ulong id) => new(file, name, id, LogHead.Make(file, id), writing: true);

    /// <exception cref="StoreException">It is not what the database's writer has left.</exception>
    public static PageLog Open(IDiskFile file, string name, ulong id, bool writing)
    {
        var log = new PageLog(file, name, id, LogHead.Read(file, id, name), writing);
        log.Restore();
        if (writing) log.CutTail();
        return log;
    }

    /// <summary>Whether a page comes again behind what was read last.</summary>
    public bool HasNewer(uint page) => Newest.TryGetValue(page, out var frame) && frame > _read;

    public override void Flush() => Offer(_file.Sync);

    /// <summary>Empties it: LiteDB has put all of it into the database and synced that.</summary>
    public override void SetLength(long value)
    {
        if (value != 0) throw new NotSupportedException();
        Offer(() =>
        {
            _salt = LogHead.Renew(_file, _id);
            _file.Truncate(LogHead.Bytes);
            Newest.Clear();
            (_sum, _frames, _synced) = (_salt, 0, 0);
        });
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    protected override void ReadPage(long page, Span<byte> into)
    {
        Span<byte> before = stackalloc byte[sizeof(ulong)];
        if (page > 0) _file.Read(before, PlaceOf(page) - (2 * sizeof(ulong)));
        var sum = page == 0 ? _salt : BinaryPrimitives.ReadUInt64LittleEndian(before);
        if (_file.Read(_frame, PlaceOf(page)) < FrameBytes || !Fits(sum, page)) throw new StoreException(Damage.At(_name, PlaceOf(page)));
        _frame.AsSpan(0, PageBytes).CopyTo(into);
        _read = page;
    }

    protected override void WritePage(long page, ReadOnlySpan<byte> bytes)
    {
        if (page != _frames) throw new InvalidOperationException("a log is written at its end");
        bytes.CopyTo(_frame);
        var sum = PageSum.After(_sum ^ _salt, (ulong)page, (ulong)_synced, bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(_frame.AsSpan(PageBytes), sum);
        BinaryPrimitives.WriteUInt64LittleEndian(_frame.AsSpan(PageBytes + sizeof(ulong)), (ulong)_synced);
        _file.Write(_frame, PlaceOf(page));
        (_sum, _frames) = (sum, page + 1);
        Newest[BinaryPrimitives.ReadUInt32LittleEndian(bytes)] = page;
        if (bytes[Confirmed] == 0) return;
        _file.Sync();
        _synced = _frames;
    }

    private static long PlaceOf(long page) => LogHead.Bytes + (page * FrameBytes);

    private void Restore()
    {
        var (stored, sum, pages) = ((_file.Length - LogHead.Bytes) / FrameBytes, _salt, new List<uint>());
        byte[]? header = null;
        for (var page = 0L; page < stored; page++)
        {
            _file.Read(_frame, PlaceOf(page));
            if (!Fits(sum, page))
            {
                RequireTail(page, stored);
                break;
            }
            sum = Sum(_frame);
            pages.Add(BinaryPrimitives.ReadUInt32LittleEndian(_frame));
            if (_frame[PageType] == HeaderType) header = _frame[..PageBytes];
            if (_frame[Confirmed] == 0) continue;
            (_frames, _sum, Header) = (page + 1, sum, header);
            foreach (var (at, id) in pages.Index()) Newest[id] = page + 1 - pages.Count + at;
            pages.Clear();
        }
    }

    // A frame that doesn't fit is one that a crash has cut, unless a later one was written when it was on the disk for sure.
    private void RequireTail(long page, long stored)
    {
        var before = Sum(_frame);
        for (var later = page + 1; later < stored; later++)
        {
            _file.Read(_frame, PlaceOf(later));
            if (Fits(before, later) && Synced(_frame) > (ulong)page) throw new StoreException(Damage.At(_name, PlaceOf(page)));
            before = Sum(_frame);
        }
    }

    // What is shown counts from now on, so it must be on the disk, and what is not must not come back.
    private void CutTail() => Change(() =>
    {
        if (_file.Length > PlaceOf(_frames)) _file.Truncate(PlaceOf(_frames));
        _file.Sync();
        _synced = _frames;
    });

    private bool Fits(ulong before, long page) =>
        PageSum.After(before ^ _salt, (ulong)page, Synced(_frame), _frame.AsSpan(0, PageBytes)) == Sum(_frame);

    private static ulong Sum(byte[] frame) => BinaryPrimitives.ReadUInt64LittleEndian(frame.AsSpan(PageBytes));

    private static ulong Synced(byte[] frame) => BinaryPrimitives.ReadUInt64LittleEndian(frame.AsSpan(PageBytes + sizeof(ulong)));
}
