using System.Net;

namespace FashionSweep.TrainerNode.Remote;

/// <summary>Moves the bytes of files through requests, and keeps the guard awake while they move.</summary>
internal static class FileTransfer
{
    private const int ChunkBytes = 128 << 10;

    /// <summary>The rest of a file, as a request's body.</summary>
    public static HttpContent Body(FileStream file, StallGuard guard) => new FileBody(file, guard);

    public static async Task CopyAsync(Stream from, Stream to, StallGuard guard)
    {
        var chunk = new byte[ChunkBytes];
        for (int count; (count = await from.ReadAsync(chunk, guard.Token).ConfigureAwait(false)) > 0; guard.Moved())
            await to.WriteAsync(chunk.AsMemory(0, count), guard.Token).ConfigureAwait(false);
    }

    private sealed class FileBody(FileStream file, StallGuard guard) : HttpContent
    {
        private readonly long _count = file.Length - file.Position;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => CopyAsync(file, stream, guard);

        protected override bool TryComputeLength(out long length)
        {
            length = _count;
            return true;
        }
    }
}
