using System.Security.Cryptography;
using FashionSweep.Shared.Http;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Web;

/// <summary>
/// Files on their way in. Each grows under a name of its own, which is never that of a finished one, and is checked before it takes its place: a
/// reader sees all of a file or nothing. One upload of a name is in work at a time.
/// </summary>
/// <param name="place">As <see cref="DurableFile.Place(string, string)"/>.</param>
/// <param name="admits">Whether a file that is whole may take its place.</param>
internal sealed class UploadFolder(string path, TimeProvider clock, Action<string, string> place, Func<string, bool> admits)
{
    /// <summary>Unfinished uploads beyond these are forgotten, the oldest first.</summary>
    internal const int MostParts = 256;

    private const int BufferBytes = 128 << 10;

    /// <summary>An unfinished upload that nobody went on with for so long is forgotten.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private readonly KeyedLocks _locks = new();

    /// <summary>How much of an unfinished upload is here.</summary>
    public long Offset(string name) => new FileInfo(PartOf(name)) is { Exists: true } part ? part.Length : 0;

    /// <summary>
    /// Goes on with an upload, or begins it anew from 0. Bytes that came before a connection broke are kept for the next. One that was created is there after
    /// a power cut, too: its node forgets it, and the trial's record names it.
    /// </summary>
    /// <param name="target">Where it goes once it is whole; nothing happens if something is there.</param>
    /// <exception cref="IOException">The disk is full, among others: then what was there of it is removed.</exception>
    public async Task<UploadState> AddAsync(string sha256, string target, UploadRange range, Stream body, CancellationToken cancellation)
    {
        using var held = await _locks.EnterAsync(sha256, cancellation);
        if (File.Exists(target)) return UploadState.AlreadyThere;
        var part = PartOf(sha256);
        if (range.From > 0 && range.From != Offset(sha256)) return UploadState.ElsewhereInFile;
        if (range.From == 0) Prepare();
        await using (var file = Open(part, range.From == 0 ? FileMode.Create : FileMode.Append))
        {
            await WriteAsync(file, part, body, cancellation);
            if (file.Position < range.Total) return UploadState.Unfinished;
        }
        return await FinishAsync(part, sha256, target);
    }

    /// <summary>Takes the whole of a small file in the place of the one before.</summary>
    /// <param name="digest">As in <see cref="FileRoutes.DigestHeader"/>.</param>
    /// <exception cref="IOException">The disk is full, among others; the one before is still there.</exception>
    public async Task<UploadState> ReplaceAsync(string name, string target, string digest, Stream body, CancellationToken cancellation)
    {
        using var held = await _locks.EnterAsync(name, cancellation);
        Directory.CreateDirectory(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var part = PartOf(name);
        try
        {
            using var hash = SHA256.Create();
            await using (var file = Open(part, FileMode.Create))
            await using (var hashed = new CryptoStream(body, hash, CryptoStreamMode.Read, leaveOpen: true))
                await hashed.CopyToAsync(file, BufferBytes, cancellation);
            if (FileRoutes.Digest(hash.Hash) != digest) return UploadState.Damaged;
            // Not flushed to the disk: a snapshot has a checksum of its own.
            File.Move(part, target, overwrite: true);
            return UploadState.Created;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private string PartOf(string name) => Path.Combine(path, $"{name}.part");

    private static FileStream Open(string part, FileMode mode) => new(part, mode, FileAccess.Write, FileShare.Read, BufferBytes, FileOptions.Asynchronous);

    private static async Task WriteAsync(FileStream file, string part, Stream body, CancellationToken cancellation)
    {
        try
        {
            await body.CopyToAsync(file, BufferBytes, cancellation);
            await file.FlushAsync(cancellation);
        }
        catch (IOException fault) when (DiskFault.IsFull(fault))
        {
            // What is there of it can't be finished, and others need the room.
            File.Delete(part);
            throw;
        }
    }

    // Not given up when the connection breaks now: all of it is here.
    private async Task<UploadState> FinishAsync(string part, string sha256, string target)
    {
        var state = !await IsWholeAsync(part, sha256) ? UploadState.Damaged : admits(part) ? UploadState.Created : UploadState.OfNoTrial;
        if (state == UploadState.Created) place(part, target);
        else File.Delete(part);
        return state;
    }

    private static async Task<bool> IsWholeAsync(string part, string sha256)
    {
        await using var file = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file)) == sha256;
    }

    private void Prepare()
    {
        // With the folder above it, which is that of the finished ones.
        DurableFile.CreateFolder(path);
        var parts = new DirectoryInfo(path).EnumerateFiles().OrderByDescending(part => part.LastWriteTimeUtc).ToList();
        var oldest = clock.GetUtcNow().UtcDateTime - Patience;
        foreach (var part in parts.Where((part, rank) => rank >= MostParts - 1 || part.LastWriteTimeUtc < oldest)) part.Delete();
    }
}

/// <summary>What became of an upload.</summary>
internal enum UploadState
{
    Created,
    AlreadyThere,
    Unfinished,
    ElsewhereInFile,
    Damaged,

    /// <summary>No checkpoint of a trial in play: nothing is kept of it.</summary>
    OfNoTrial,
}
