using System.Net.Http.Headers;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>Listeners with a few routes, for as long as a test takes.</summary>
public abstract class ServedWeb : IAsyncLifetime
{
    protected const string Token = "a-token-of-the-tests";

    private readonly List<IAsyncDisposable> _listeners = [];

    protected DirectoryInfo Temporary { get; } = Directory.CreateTempSubdirectory("fsweep-web-");

    protected List<string> Log { get; } = [];

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners) await listener.DisposeAsync();
        Temporary.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected async Task<WebListener> StartAsync(string? token = null, string? certificate = null, string? key = null)
    {
        var options = WebOptions.Parse(
            certificate is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0", certificate, key, insecure: false,
            name => name == AccessToken.Variable ? token : null);
        var listener = await WebListener.StartAsync(options, Map, Log.Add);
        Keep(listener);
        return listener;
    }

    /// <summary>It goes with the test.</summary>
    protected void Keep(IAsyncDisposable listener) => _listeners.Add(listener);

    protected static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hello", context => context.Response.WriteAsync("hello"));
        routes.MapGet("/health/live", context => context.Response.WriteAsync("alive"));
        routes.MapGet("/fault", _ => throw new StoreFault("the store in /home/a-secret is gone"));
        routes.MapGet("/half", async context =>
        {
            await context.Response.WriteAsync("half");
            throw new StoreFault("gone");
        });
        routes.MapPost("/small", context => context.Request.Body.CopyToAsync(Stream.Null));
        routes.MapPost("/large", context => context.Request.Body.CopyToAsync(Stream.Null)).WithMetadata(new BodyLimit(100_000));
    }

    protected static HttpClient Client(WebListener listener, string? token = null)
    {
        var client = new HttpClient { BaseAddress = listener.Address };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private sealed class StoreFault(string message) : Exception(message);
}
