using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace FashionSweep.Coordinator.Web;

/// <summary>Bounds how many requests come from one address in a second, and how many are in work at once.</summary>
internal sealed class WebLimits(int perSecond, int atOnce) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _perAddress = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
        RateLimitPartition.GetTokenBucketLimiter(context.Connection.RemoteIpAddress ?? IPAddress.None, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = 2 * perSecond,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));

    // Whoever comes above it waits a little rather than being sent away: nodes come in waves.
    private readonly ConcurrencyLimiter _inWork = new(new ConcurrencyLimiterOptions { PermitLimit = atOnce, QueueLimit = 2 * atOnce });

    /// <summary>Asked by who watches over the coordinator, which must be answered even when all else is too much.</summary>
    public static bool IsHealth(HttpContext context) => context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (IsHealth(context))
        {
            await next(context);
            return;
        }
        using var pace = _perAddress.AttemptAcquire(context);
        using var room = pace.IsAcquired ? await _inWork.AcquireAsync(1, context.RequestAborted) : pace;
        if (room.IsAcquired)
        {
            await next(context);
            return;
        }
        context.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        var message = pace.IsAcquired
            ? $"{atOnce} requests are in work, which is as many as there may be"
            : $"more than {perSecond} requests a second come from this address";
        await Problem.WriteAsync(context, StatusCodes.Status429TooManyRequests, message);
    }

    public async ValueTask DisposeAsync()
    {
        await _perAddress.DisposeAsync();
        await _inWork.DisposeAsync();
    }
}

/// <summary>The largest body that a route takes, in the place of the listener's own limit.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
