using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Control;

/// <summary>
/// The control of a sweep as JSON over HTTP: <c>GET /v1/sweep</c> gives its <see cref="SweepStatus"/>, <c>POST /v1/sweep/NAME</c> takes a
/// <see cref="ControlRequest"/>. Whatever is no status is a <see cref="ControlAnswer"/>, errors included.
/// </summary>
internal static class ControlApi
{
    public const string StatusPath = "/v1/sweep";

    // Under its name: what is asked of one sweep must never reach the next.
    public static string PathOf(string sweep) => $"{StatusPath}/{Uri.EscapeDataString(sweep)}";

    public static void Map(WebApplication web, ISweepControl control)
    {
        web.Use(GuardAsync);
        web.MapGet(StatusPath, context => WriteAsync(context, StatusCodes.Status200OK, control.Status));
        web.MapPost($"{StatusPath}/{{name}}", async context =>
        {
            var (code, answer) = await AnswerAsync(context, control);
            await WriteAsync(context, code, answer);
        });
    }

    private static async Task<(int Code, ControlAnswer Answer)> AnswerAsync(HttpContext context, ISweepControl control)
    {
        var (name, running) = ((string)context.GetRouteValue("name")!, control.Status.Sweep);
        var request = await JsonSerializer.DeserializeAsync<ControlRequest>(context.Request.Body, ControlJson.Strict, context.RequestAborted);
        if (request is null) return Refuse(StatusCodes.Status400BadRequest, "the request is null, must be an object");
        if (request.FindFault() is { } fault) return Refuse(StatusCodes.Status400BadRequest, fault);
        if (name != running) return Refuse(StatusCodes.Status404NotFound, $"{running} runs here, not {name}");
        var answer = await control.AskAsync(request, context.RequestAborted);
        return (answer.Accepted ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, answer);
    }

    private static (int Code, ControlAnswer Answer) Refuse(int code, string message) => (code, new ControlAnswer(false, message));

    private const string WhatThereIs = $"nothing answers to this method and path: there are GET {StatusPath} and POST {StatusPath}/NAME";

    // The edge: whatever goes wrong with one request ends here, and the sweep goes on.
    private static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            // What routing turns down has a code and no words.
            if (!context.Response.HasStarted) await WriteAsync(context, context.Response.StatusCode, new ControlAnswer(false, WhatThereIs));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            context.Abort();
        }
        catch (Exception fault)
        {
            var code = CodeOf(fault);
            await WriteAsync(context, code, new ControlAnswer(false, code == StatusCodes.Status400BadRequest ? $"not a request that is known here: {fault.Message}" : fault.Message));
        }
    }

    private static int CodeOf(Exception fault) => fault switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        // A body without a "request" is of no type that could be made.
        JsonException or NotSupportedException => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static Task WriteAsync<T>(HttpContext context, int code, T body)
    {
        context.Response.StatusCode = code;
        return context.Response.WriteAsJsonAsync(body, ControlJson.Lenient, context.RequestAborted);
    }
}
