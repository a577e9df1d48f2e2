using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>Server-sent events, until the reader goes or the server ends.</summary>
internal static class EventsAnswer
{
    public const string ContentType = "text/event-stream";

    // What stands between may close a connection on which nothing comes.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <param name="whole">All that a new reader is told first.</param>
    /// <param name="convert">Makes what this reader may see of each.</param>
    public static async Task WriteAsync(HttpContext context, EventReader reader, string id, byte[]? whole, Func<FeedEvent, byte[]> convert)
    {
        var ending = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await SendAsync(context, "retry: 1000\n\n"u8.ToArray(), stop.Token);
            if (whole is not null) await SendAsync(context, Encode(id, "status", whole), stop.Token);
            while (true)
            {
                var next = await reader.NextAsync(Silence, stop.Token);
                await SendAsync(context, next is null ? ": still there\n\n"u8.ToArray() : Encode(next.Id, next.Type, convert(next)), stop.Token);
            }
        }
        catch (Exception ended) when (ended is ChannelClosedException || (ended is OperationCanceledException && stop.IsCancellationRequested))
        {
            // He has gone, or is to come again.
        }
    }

    private static byte[] Encode(string id, string type, byte[] data) =>
        [.. Encoding.UTF8.GetBytes($"id: {id}\nevent: {type}\ndata: "), .. data, .. "\n\n"u8];

    private static async Task SendAsync(HttpContext context, byte[] bytes, CancellationToken stop)
    {
        await context.Response.Body.WriteAsync(bytes, stop);
        await context.Response.Body.FlushAsync(stop);
    }
}
