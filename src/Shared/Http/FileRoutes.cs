using System.Security.Cryptography;

namespace FashionSweep.Shared.Http;

/// <summary>
/// How nodes and the coordinator name checkpoints and snapshots to each other over HTTP. <c>CheckpointRoutes</c> tells what is done with them.
/// </summary>
public static class FileRoutes
{
    /// <summary>Under it each checkpoint by the SHA-256 of its bytes: 64 hexadecimal digits in lower case.</summary>
    public const string Checkpoints = "v1/checkpoints";

    /// <summary>Under it each snapshot by its key, which looks the same.</summary>
    public const string Snapshots = "v1/snapshots";

    /// <summary>Under it each plug-in by the SHA-256 of its bytes.</summary>
    public const string Plugins = "v1/plugins";

    /// <summary>How many bytes of an unfinished upload are there.</summary>
    public const string OffsetHeader = "Upload-Offset";

    /// <summary>The SHA-256 of the body, as <see cref="Digest"/> writes it (RFC 9530).</summary>
    public const string DigestHeader = "Content-Digest";

    /// <summary>With the answer to a snapshot: after how many whole seconds the next one of its trial is wanted.</summary>
    public const string PaceHeader = "Snapshot-Pace";

    public static string Digest(ReadOnlySpan<byte> sha256) => $"sha-256=:{Convert.ToBase64String(sha256)}:";

    /// <summary>The digest of a file, from where it stands to its end; it stands there again afterwards.</summary>
    public static async Task<string> DigestAsync(Stream file, CancellationToken cancellation)
    {
        var start = file.Position;
        var digest = Digest(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false));
        file.Position = start;
        return digest;
    }
}
