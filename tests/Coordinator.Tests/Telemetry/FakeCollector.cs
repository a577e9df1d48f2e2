using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Tests.Telemetry;

/// <summary>Takes what is posted to it as OTLP over HTTP, as <c>/v1/traces</c>.</summary>
internal sealed class FakeCollector : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ConcurrentBag<(string Path, string? Type, string Body)> _posts = [];

    private FakeCollector(WebApplication web) => _web = web;

    public string Address => _web.Urls.Single();

    /// <summary>All bodies that came to a path, as text: names in them are UTF-8.</summary>
    public string Received(string path) =>
        string.Concat(_posts.Where(post => post.Path == path && post.Type == "application/x-protobuf").Select(post => post.Body));

    public static async Task<FakeCollector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var collector = new FakeCollector(builder.Build());
        collector._web.Run(collector.TakeAsync);
        await collector._web.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _posts.Add((context.Request.Path, context.Request.ContentType, Encoding.Latin1.GetString(body.ToArray())));
    }
}
