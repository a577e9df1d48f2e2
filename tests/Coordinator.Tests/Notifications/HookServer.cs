using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Tests.Notifications;

/// <summary>Who is told of ends: a real server on loopback, which answers as it is told to, and at last with 204.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    /// <summary>In place of a status: it takes the message, and never answers.</summary>
    public const int Hangs = 0;

    private readonly WebApplication _web;
    private readonly ConcurrentQueue<int> _answers;

    private HookServer(WebApplication web, IEnumerable<int> answers) => (_web, _answers) = (web, new ConcurrentQueue<int>(answers));

    public Uri Address => new($"{_web.Urls.Single()}/hook");

    public ConcurrentQueue<Message> Messages { get; } = [];

    public static async Task<HookServer> StartAsync(int[] answers, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        var server = new HookServer(builder.Build(), answers);
        server._web.Run(server.TakeAsync);
        await server._web.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes);
        string Header(string name) => context.Request.Headers[name].ToString();
        Messages.Enqueue(new Message(
            context.Request.Path.Value!, Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), bytes.ToArray()));
        var status = _answers.TryDequeue(out var next) ? next : StatusCodes.Status204NoContent;
        if (status == Hangs) await Task.Delay(Timeout.Infinite, context.RequestAborted);
        context.Response.StatusCode = status;
        if (status is >= 300 and < 400) context.Response.Headers.Location = "/elsewhere";
    }

    public sealed record Message(string Path, string Id, string Timestamp, string Signature, byte[] Body)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    }
}
