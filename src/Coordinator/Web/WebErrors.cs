using System.Net.Mime;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web;

/// <summary>The edge: whatever goes wrong with one request ends here, in words, and the server goes on.</summary>
/// <param name="log">Gets what is no request's fault, under the id that its sender is told.</param>
/// <param name="name">Of who answers, as <c>coordinator</c>.</param>
internal sealed class WebErrors(Action<string> log, string name)
{
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            // What routing turns down has a code and no words.
            if (!context.Response.HasStarted && context.Response.StatusCode >= StatusCodes.Status400BadRequest)
                await Problem.WriteAsync(context, context.Response.StatusCode, WordsOf(context));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception fault)
        {
            var (code, detail) = Judge(context, fault);
            // Half an answer can't be taken back: the connection says that it is none.
            if (context.Response.HasStarted) context.Abort();
            else await Problem.WriteAsync(context, code, detail);
        }
    }

    private (int Code, string Detail) Judge(HttpContext context, Exception fault)
    {
        if (fault is BadHttpRequestException bad) return (bad.StatusCode, bad.Message);
        if (fault is IOException disk && DiskFault.IsFull(disk))
            return (StatusCodes.Status507InsufficientStorage, $"the {name}'s disk is full: nothing of this was kept");
        // Its words are the operator's: they may hold paths, and whatever else its sender must not know.
        log($"{context.Request.Method} {context.Request.Path} failed, {context.TraceIdentifier}: {fault}");
        return (StatusCodes.Status500InternalServerError, $"the {name} failed at this: its log says why, under {context.TraceIdentifier}");
    }

    private static string WordsOf(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status415UnsupportedMediaType => $"Content-Type is '{context.Request.ContentType}', must be {MediaTypeNames.Application.Json}",
        StatusCodes.Status416RangeNotSatisfiable => "the range begins behind the end",
        _ => $"nothing answers to {context.Request.Method} on this path",
    };
}
