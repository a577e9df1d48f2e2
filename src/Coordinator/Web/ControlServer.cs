using System.Net.Sockets;
using FashionSweep.Coordinator.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace FashionSweep.Coordinator.Web;

/// <summary>Serves routes on the socket in a store's folder, to its owner, until it is disposed of.</summary>
/// <remarks>Lives within the time in which its process holds the store's lock.</remarks>
internal sealed class ControlServer : IAsyncDisposable
{
    private const int MaxConnections = 256;

    private readonly Socket _socket;
    private readonly string _path;
    private readonly TaskCompletionSource _ending = new();
    private readonly Task<WebApplication?> _serving;

    private ControlServer(Socket socket, string path, Func<Task, Task<WebApplication?>> serve) =>
        (_socket, _path, _serving) = (socket, path, serve(_ending.Task));

    /// <inheritdoc cref="Open"/>
    public static async Task<ControlServer> StartAsync(StoreFolder folder, Action<IEndpointRouteBuilder> map, Action<string> log)
    {
        var server = Open(folder, map, log, Task.CompletedTask);
        await server._serving;
        return server;
    }

    /// <summary>Takes the socket at once: who asks before the time to answer waits until then.</summary>
    /// <param name="map">Adds what there is to be asked.</param>
    /// <param name="log">Gets what fails here, for the operator. From any thread.</param>
    /// <param name="answering">Is done when it is time to answer.</param>
    /// <exception cref="ControlException">There can be no socket in this folder; the work can go on without.</exception>
    public static ControlServer Open(StoreFolder folder, Action<IEndpointRouteBuilder> map, Action<string> log, Task answering)
    {
        var socket = Bind(folder);
        return new ControlServer(socket, ControlSocket.PathIn(folder), ending => ServeAsync(socket, map, log, answering, ending));
    }

    public async ValueTask DisposeAsync()
    {
        _ending.TrySetResult();
        if (await _serving is { } web)
        {
            await web.StopAsync();
            await web.DisposeAsync();
        }
        _socket.Dispose();
        File.Delete(_path);
    }

    private static async Task<WebApplication?> ServeAsync(
        Socket socket, Action<IEndpointRouteBuilder> map, Action<string> log, Task answering, Task ending)
    {
        if (await Task.WhenAny(answering, ending) == ending) return null;
        var web = Build(socket);
        web.Use(new WebErrors(log, WebServer.Coordinator.Name).GuardAsync);
        map(web);
        await web.StartAsync(CancellationToken.None);
        return web;
    }

    private static Socket Bind(StoreFolder folder)
    {
        try
        {
            var socket = ControlSocket.Bind(folder);
            socket.Listen(MaxConnections);
            return socket;
        }
        catch (Exception fault) when (fault is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ControlException($"{folder}: there can be no socket here ({fault.Message}), so what runs here can't be paused or changed", fault);
        }
    }

    private static WebApplication Build(Socket socket) => QuietWeb.Build(
        kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = WebListener.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Listen(socket.LocalEndPoint!, listen => listen.Protocols = HttpProtocols.Http1);
        },
        builder => builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = _ => socket));
}
