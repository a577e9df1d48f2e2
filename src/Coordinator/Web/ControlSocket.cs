using System.Net.Sockets;
using System.Text;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Coordinator.Web;

/// <summary>
/// The socket in a store's folder. Its path is as long as the folder's, but the kernel takes about a hundred bytes: a short link leads there.
/// </summary>
internal static class ControlSocket
{
    private const string Name = "control.sock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string PathIn(StoreFolder folder) => Path.Combine(Path.GetFullPath(folder.Path), Name);

    /// <summary>Takes the socket's name, for its owner only. Whoever calls holds the store's lock, so what bears the name already is a dead one's.</summary>
    /// <exception cref="SocketException">The folder's file system has no sockets.</exception>
    public static Socket Bind(StoreFolder folder)
    {
        File.Delete(PathIn(folder));
        var socket = Create();
        try
        {
            using var near = new ShortLink(folder);
            socket.Bind(near.EndPoint);
            // Before it listens: until then nobody can connect.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(PathIn(folder), OwnerOnly);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <returns>Null where nobody listens, be it that a coordinator died and left its socket.</returns>
    /// <exception cref="SocketException">It is another user's.</exception>
    public static async Task<Socket?> ConnectAsync(StoreFolder folder, CancellationToken cancellation)
    {
        if (!File.Exists(PathIn(folder))) return null;
        var socket = Create();
        try
        {
            using var near = new ShortLink(folder);
            await socket.ConnectAsync(near.EndPoint, cancellation);
            return socket;
        }
        catch (Exception fault)
        {
            socket.Dispose();
            if (fault is SocketException { SocketErrorCode: SocketError.ConnectionRefused }) return null;
            throw;
        }
    }

    private static Socket Create() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>A link to the store's folder, in a folder that only this user can enter; needed no longer than it takes to bind or connect.</summary>
    private sealed class ShortLink : IDisposable
    {
        // Linux takes 107 bytes, macOS 103.
        private const int LongestPath = 103;
        private readonly string? _link;

        public ShortLink(StoreFolder folder)
        {
            var path = PathIn(folder);
            if (Encoding.UTF8.GetByteCount(path) > LongestPath)
            {
                _link = Path.Combine(Directory.CreateTempSubdirectory("fsweep-").FullName, "store");
                Directory.CreateSymbolicLink(_link, Path.GetDirectoryName(path)!);
                path = Path.Combine(_link, Name);
            }
            EndPoint = new UnixDomainSocketEndPoint(path);
        }

        public UnixDomainSocketEndPoint EndPoint { get; }

        // Never recursively: the link leads to the store.
        public void Dispose()
        {
            if (_link is null) return;
            File.Delete(_link);
            Directory.Delete(Path.GetDirectoryName(_link)!);
        }
    }
}
