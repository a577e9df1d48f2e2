using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FashionSweep.Coordinator.Storage.Durable;

/// <summary>The files of a LiteDB database, and the streams through which LiteDB sees them once checked: it writes over what it doesn't know.</summary>
/// <remarks>
/// The database's first page says which log belongs to it, from before that log's first frame until all of it is in the database. So a database alone is
/// all of it only if it says that there is no log, and a log that is gone is noticed.
/// </remarks>
internal sealed class DatabaseFiles : IDisposable
{
    private const int Magic = 32;
    private const int FormatVersion = 59;
    private const int LastPage = 64;
    private const int UserVersion = 76;

    private readonly IDisk _disk;
    private readonly string _path;

    private DatabaseFiles(IDisk disk, string path, PageFile data, PageLog? log)
    {
        (_disk, _path, Data, Log) = (disk, path, data, log);
        if (log is not null) log.Fault = Fault;
    }

    public PageFile Data { get; }

    /// <summary>Null of a database that is read and has none.</summary>
    public PageLog? Log { get; }

    /// <summary>Of a write that LiteDB asked for.</summary>
    public WriteFault Fault => Data.Fault;

    public bool IsClosed { get; private set; }

    private static ReadOnlySpan<byte> LiteDb => "** This is a LiteDB file **\u0008"u8;

    /// <summary>Makes a database of the pages that LiteDB has made in memory. It is there whole or not at all.</summary>
    public static void Make(IDisk disk, string path, byte[] pages)
    {
        var part = path + ".part";
        using (var data = new PageFile(disk.Create(part), part, writing: true, log: null))
        {
            for (var at = 0; at < pages.Length; at += PageStream.PageBytes) data.Write(pages, at, PageStream.PageBytes);
            data.Flush();
            data.Fault.ThrowIfAny();
        }
        disk.Rename(part, path);
        disk.SyncNames(path);
    }

    /// <exception cref="StoreException">Its files are not such that anything may be written to them; nothing was.</exception>
    public static DatabaseFiles OpenForWriting(IDisk disk, string path, int version)
    {
        var files = Open(disk, path, version, writing: true);
        if (files.Log is not null) return files;
        using (files) Note(disk, path, files.Data);
        return Open(disk, path, version, writing: true);
    }

    /// <exception cref="StoreException">Its files can't be read as they are.</exception>
    public static DatabaseFiles OpenForReading(IDisk disk, string path, int version) => Open(disk, path, version, writing: false);

    /// <summary>Closes it for good: the database is all of it then. Its log must be empty.</summary>
    public void Finish()
    {
        if (Log is not { Length: 0 }) return;
        // That it is empty must be on the disk before the database says that it has none.
        Log.Flush();
        Fault.ThrowIfAny();
        Data.Mark(0);
        Log.Dispose();
        _disk.Remove(LogOf(_path));
        _disk.SyncNames(_path);
    }

    /// <summary>All pages of it, in order, as a database that was closed has them, whatever is in its log.</summary>
    /// <exception cref="StoreException">One is damaged.</exception>
    public IEnumerable<byte[]> Whole()
    {
        var first = Newest(0);
        var last = BinaryPrimitives.ReadUInt32LittleEndian(first.AsSpan(LastPage));
        yield return PageFile.Marked(first, 0);
        for (var page = 1U; page <= last; page++) yield return PageFile.Summed(page, Newest(page));
    }

    public void Dispose()
    {
        IsClosed = true;
        Data.Dispose();
        Log?.Dispose();
    }

    private static string LogOf(string path) => path + "-log";

    private static void Note(IDisk disk, string path, PageFile data)
    {
        var id = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
        using (PageLog.Make(disk.Create(LogOf(path)), LogOf(path), id)) disk.SyncNames(path);
        data.Mark(id);
    }

    private static DatabaseFiles Open(IDisk disk, string path, int version, bool writing)
    {
        var file = disk.Open(path, writing);
        PageLog? log = null;
        try
        {
            var first = FirstPage(file, path);
            log = OpenLog(disk, path, PageFile.MarkOf(first), writing);
            Check(file, path, log?.Header ?? first, log, version);
            return new DatabaseFiles(disk, path, new PageFile(file, path, writing, log), log);
        }
        catch
        {
            file.Dispose();
            log?.Dispose();
            throw;
        }
    }

    private byte[] Newest(uint page)
    {
        var bytes = new byte[PageStream.PageBytes];
        var (from, at) = Log?.Newest.TryGetValue(page, out var frame) is true ? ((PageStream)Log, frame) : (Data, page);
        from.Position = at * PageStream.PageBytes;
        from.ReadExactly(bytes);
        // As LiteDB puts it from its log into its database.
        bytes[PageLog.Confirmed] = 0;
        return bytes;
    }

    private static byte[] FirstPage(IDiskFile file, string path)
    {
        var page = new byte[PageStream.PageBytes];
        var read = file.Read(page, 0);
        if (read == 0) throw new StoreException($"{path}: is empty, no database: a store that was made is never empty: {Damage.PutBack}");
        if (page[0] == 1) throw new StoreException($"{path}: is encrypted, or no database of fashionsweep: {Damage.PutBack}");
        if (!page.AsSpan(Magic).StartsWith(LiteDb[..^1])) throw new StoreException($"{path}: is no database of fashionsweep: {Damage.PutBack}");
        if (page[FormatVersion] is var format && format != LiteDb[^1])
            throw new StoreException($"{path}: has format {format} of LiteDB, must be {LiteDb[^1]}: {Damage.PutBack}");
        if (read < page.Length) throw new StoreException(Damage.CutOff(path));
        return page;
    }

    private static PageLog? OpenLog(IDisk disk, string path, ulong id, bool writing)
    {
        var name = LogOf(path);
        if (!disk.Exists(name))
        {
            if (id == 0) return null;
            throw new StoreException($"{name}: is missing, and what was stored last is in it: put it back, or choose another folder with --store DIR");
        }
        if (id == 0 && !IsLeftOver(disk, name))
            throw new StoreException($"{name}: is not the log of the database beside it: {Damage.PutBack}");
        return id == 0 ? null : PageLog.Open(disk.Open(name, writing), name, id, writing);
    }

    // One that was about to be removed, or made: there is nothing in it.
    private static bool IsLeftOver(IDisk disk, string name)
    {
        using var file = disk.Open(name, writing: false);
        return file.Length <= LogHead.Bytes;
    }

    private static void Check(IDiskFile file, string path, ReadOnlySpan<byte> header, PageLog? log, int version)
    {
        if (BinaryPrimitives.ReadInt32LittleEndian(header[UserVersion..]) is var stored && stored > version)
        {
            throw new StoreException($"{path}: has schema version {stored}, this fsweep knows up to {version}: "
                + "use the newer fsweep that wrote it, or another folder with --store DIR");
        }
        // What a crash has kept from reaching the database is in its log.
        for (var page = (uint)(file.Length / PageStream.PageBytes); page <= BinaryPrimitives.ReadUInt32LittleEndian(header[LastPage..]); page++)
            if (log?.Newest.ContainsKey(page) is not true) throw new StoreException(Damage.CutOff(path));
    }
}
