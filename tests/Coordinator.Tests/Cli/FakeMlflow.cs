using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Tests.Cli;

/// <summary>As much of MLflow's server as it takes to be written to, with its bounds on a call.</summary>
internal sealed class FakeMlflow : IAsyncDisposable
{
    private readonly WebApplication _web;

    private FakeMlflow(WebApplication web) => _web = web;

    public Uri Address => new(_web.Urls.Single());

    public ConcurrentQueue<(string Path, JsonElement Body)> Calls { get; } = [];

    public ConcurrentBag<string> Authorizations { get; } = [];

    public static async Task<FakeMlflow> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = new FakeMlflow(builder.Build());
        server._web.Run(server.TakeAsync);
        await server._web.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        const string Prefix = "/api/2.0/mlflow/";
        var path = context.Request.Path.Value![Prefix.Length..];
        Authorizations.Add(context.Request.Headers.Authorization.ToString());
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes);
        var body = bytes.Length == 0 ? default : JsonDocument.Parse(bytes.ToArray()).RootElement;
        Calls.Enqueue((path, body));
        var (status, answer) = path switch
        {
            "experiments/get-by-name" => (404, """{"error_code":"RESOURCE_DOES_NOT_EXIST"}"""),
            "experiments/create" => (200, """{"experiment_id":"7"}"""),
            "runs/create" => (200, """{"run":{"info":{"run_id":"run-7"}}}"""),
            "runs/log-batch" => FaultOf(body, bytes.Length) is { } fault ? (400, $$$"""{"error_code":"BAD","message":"{{{fault}}}"}""") : (200, "{}"),
            "runs/update" => (200, "{}"),
            _ => (404, "{}"),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer);
    }

    private static string? FaultOf(JsonElement batch, long bytes)
    {
        var (metrics, parameters) = (batch.GetProperty("metrics").GetArrayLength(), batch.GetProperty("params").GetArrayLength());
        return bytes > 1_000_000 ? "more than 1 MB" : metrics > 1000 ? "more than 1000 metrics" : parameters > 100 ? "more than 100 params"
            : metrics + parameters > 1000 ? "more than 1000 items" : null;
    }
}
