using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>What the routes of the dashboard answer.</summary>
internal static class Answer
{
    /// <summary>Of a request that names what there is not.</summary>
    public static IResult NoneAt(HttpContext context)
    {
        var (sweep, number) = (context.Request.Query["sweep"].FirstOrDefault(), context.Request.Query["number"].FirstOrDefault());
        return Problem.Of(StatusCodes.Status404NotFound, number is null ? $"there is no sweep {sweep}" : $"there is no trial {sweep}/{number}");
    }

    /// <summary>As JSON, made in its turn.</summary>
    /// <param name="read">Null where there is no such thing.</param>
    public static async Task<IResult> ReadAsync<T>(HttpContext context, Func<T?> read, Func<HttpContext, IResult> otherwise) where T : class
    {
        var isGzipped = JsonAnswer.IsGzipTaken(context);
        return await SendAsync(context, () => read() is { } made ? JsonAnswer.Encode(made, isGzipped) : null, isGzipped, otherwise);
    }

    /// <summary>JSON that is made in its turn.</summary>
    public static async Task<IResult> SendAsync(HttpContext context, Func<byte[]?> make, bool isGzipped, Func<HttpContext, IResult> otherwise) =>
        await RecordsTurn.TakeAsync(make, context.RequestAborted) is { } body ? new Made(body, isGzipped) : otherwise(context);

    private sealed class Made(byte[] body, bool isGzipped) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => JsonAnswer.WriteAsync(httpContext, body, isGzipped);
    }
}

/// <summary>Lets one thing at a time be worked out that takes long, off the way of what is read.</summary>
internal static class WorkTurn
{
    private static readonly SemaphoreSlim Free = new(1);

    public static async Task<IResult> DoAsync<T>(HttpContext context, Func<T?> work, Func<HttpContext, IResult> otherwise) where T : class
    {
        var made = await DoAsync(() => Task.Run(work), context.RequestAborted);
        return made is null ? otherwise(context) : TypedResults.Json(made, ControlJson.Lenient);
    }

    public static async Task<T> DoAsync<T>(Func<Task<T>> work, CancellationToken gone)
    {
        await Free.WaitAsync(gone);
        try
        {
            return await work();
        }
        finally
        {
            Free.Release();
        }
    }
}

internal static class WholeNumber
{
    /// <returns>Null where it is none from 0 on.</returns>
    public static int? In(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
