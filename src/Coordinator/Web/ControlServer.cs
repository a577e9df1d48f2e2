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

    private readonly WebApplication _web;
    private readonly string _socket;

    private ControlServer(WebApplication web, string socket) => (_web, _socket) = (web, socket);

    /// <param name="map">Adds what there is to be asked.</param>
    /// <param name="log">Gets what fails here, for the operator. From any thread.</param>
    /// <exception cref="ControlException">There can be no socket in this folder; the work can go on without.</exception>
    public static async Task<ControlServer> StartAsync(StoreFolder folder, Action<IEndpointRouteBuilder> map, Action<string> log)
    {
        var socket = Bind(folder);
        var web = Build(socket);
        web.Use(new WebErrors(log, WebServer.Coordinator.Name).GuardAsync);
        map(web);
        await web.StartAsync();
        return new ControlServer(web, ControlSocket.PathIn(folder));
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
        File.Delete(_socket);
    }

    private static Socket Bind(StoreFolder folder)
    {
        try
        {
            return ControlSocket.Bind(folder);
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
