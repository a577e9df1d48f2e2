using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace FashionSweep.Coordinator.Web;

/// <summary>Serves routes on a TCP address, with its own words for every refusal, until it is disposed of.</summary>
/// <remarks>A connection costs a few KB, a request no more than its route reads.</remarks>
public sealed class WebListener : IAsyncDisposable
{
    /// <summary>The largest body of a request, unless its route has a <see cref="BodyLimit"/>.</summary>
    internal const int MaxBodyBytes = 64 << 10;

    // Above it connections are closed as they come.
    private const int MaxConnections = 4096;

    // Bytes a second.
    private const double SlowestBody = 240;

    private readonly WebApplication _web;
    private readonly WebLimits _limits;

    private WebListener(WebApplication web, WebLimits limits) => (_web, _limits) = (web, limits);

    /// <summary>Where it listens, with the port that it got.</summary>
    public Uri Address => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <param name="map">Adds what there is to be asked.</param>
    /// <param name="log">Gets what fails here, for the operator. From any thread.</param>
    /// <exception cref="ListenException">It can't listen there.</exception>
    public static Task<WebListener> StartAsync(WebOptions options, Action<IEndpointRouteBuilder> map, Action<string> log) =>
        StartAsync(options, map, log, WebServer.Coordinator);

    internal static async Task<WebListener> StartAsync(WebOptions options, Action<IEndpointRouteBuilder> map, Action<string> log, WebServer server)
    {
        var (web, limits) = (Build(options, server.Patience), new WebLimits(server.MostPerSecond, server.MostAtOnce));
        web.Use(new WebErrors(log, server.Name).GuardAsync);
        web.Use(limits.PassAsync);
        if (options.Token is { } token) web.Use(new TokenGate(token, server.Name).PassAsync);
        else if (options.Listen.IsLoopback) web.Use(new BrowserGate(server.Name).PassAsync);
        map(web);
        var listener = new WebListener(web, limits);
        try
        {
            await web.StartAsync();
            return listener;
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            await listener.DisposeAsync();
            throw new ListenException($"--listen is {options.Listen.GetLeftPart(UriPartial.Authority)}: {fault.GetBaseException().Message}", fault);
        }
    }

    /// <summary>Looks whether it could listen there, before anything else is begun.</summary>
    /// <param name="option">That says where.</param>
    /// <exception cref="ListenException">It could not.</exception>
    public static void RequireFree(WebOptions options, string option)
    {
        try
        {
            using var probe = new TcpListener(options.EndPoint);
            probe.Start();
        }
        catch (SocketException fault)
        {
            var instead = fault.SocketErrorCode == SocketError.AddressAlreadyInUse ? "; port 0 takes one that is free" : "";
            throw new ListenException($"{option} is {options.Listen.Authority}: {fault.Message}{instead}", fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
        await _limits.DisposeAsync();
    }

    private static WebApplication Build(WebOptions options, WebPatience patience) => QuietWeb.Build(kestrel =>
    {
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.KeepAliveTimeout = patience.Silent;
        kestrel.Limits.RequestHeadersTimeout = patience.Head;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(SlowestBody, patience.Body);
        kestrel.Listen(options.EndPoint, listen => Secure(listen, options.Certificate, patience));
    });

    private static void Secure(ListenOptions listen, WebCertificate? certificate, WebPatience patience)
    {
        // HTTP/2 is agreed on within TLS.
        listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
        if (certificate is null) return;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = patience.Handshake,
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current() }),
        });
    }
}

/// <summary>How long a connection is waited for that keeps its place and does nothing with it. Whoever is too slow is closed, and costs nothing more.</summary>
/// <param name="Silent">Between two requests, and before the first. More than the minute for which clients keep a connection for the next.</param>
/// <param name="Handshake">Until TLS stands.</param>
/// <param name="Head">From a request's first byte to the end of its headers.</param>
/// <param name="Body">A body may be as slow as it likes for so long.</param>
internal sealed record WebPatience(TimeSpan Silent, TimeSpan Handshake, TimeSpan Head, TimeSpan Body)
{
    public static WebPatience Usual { get; } = new(TimeSpan.FromSeconds(130), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5));
}
