using System.Text.Json;
using FashionSweep.Coordinator.Live;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web;

/// <summary>Puts every refusal into a <see cref="ControlAnswer"/>.</summary>
internal static class WebErrors
{
    /// <summary>The edge: whatever goes wrong with one request ends here, and the coordinator goes on.</summary>
    public static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            // What routing turns down has a code and no words.
            if (!context.Response.HasStarted && context.Response.StatusCode >= StatusCodes.Status400BadRequest)
                await RefuseAsync(context, context.Response.StatusCode, WordsOf(context));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            context.Abort();
        }
        catch (Exception fault)
        {
            var code = CodeOf(fault);
            await RefuseAsync(context, code, code switch
            {
                StatusCodes.Status507InsufficientStorage => "the coordinator's disk is full: nothing of this was kept",
                StatusCodes.Status400BadRequest => $"not a request that is known here: {fault.Message}",
                _ => fault.Message,
            });
        }
    }

    public static Task RefuseAsync(HttpContext context, int code, string message)
    {
        context.Response.StatusCode = code;
        // A route that had no words may have said that there are none.
        context.Response.ContentLength = null;
        return context.Response.WriteAsJsonAsync(new ControlAnswer(false, message), ControlJson.Lenient, context.RequestAborted);
    }

    private static string WordsOf(HttpContext context) => context.Response.StatusCode == StatusCodes.Status416RangeNotSatisfiable
        ? "the range begins behind the end"
        : $"nothing answers to {context.Request.Method} on this path";

    private static int CodeOf(Exception fault) => fault switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        JsonException or NotSupportedException => StatusCodes.Status400BadRequest,
        IOException disk when DiskFault.IsFull(disk) => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status500InternalServerError,
    };
}
