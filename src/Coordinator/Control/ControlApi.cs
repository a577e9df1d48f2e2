using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Control;

/// <summary>
/// The control of a coordinator as JSON over HTTP: <c>GET /v1/status</c> gives its <see cref="CoordinatorStatus"/>, <c>POST /v1/sweeps</c> takes a
/// <see cref="Submission"/>, <c>POST /v1/sweeps/NAME</c> a <see cref="ControlRequest"/>, and <c>POST /v1/nodes/NAME/drain</c> nothing more. Whatever is no status
/// is a <see cref="ControlAnswer"/>, errors included.
/// </summary>
internal static class ControlApi
{
    public const string StatusPath = "/v1/status";
    public const string SweepsPath = "/v1/sweeps";

    // Under its name: what is asked of one sweep must never reach the next.
    public static string PathOf(string sweep) => $"{SweepsPath}/{Uri.EscapeDataString(sweep)}";

    public static string DrainPathOf(string node) => $"/v1/nodes/{Uri.EscapeDataString(node)}/drain";

    public static void Map(WebApplication web, ICoordinatorControl control)
    {
        web.Use(GuardAsync);
        web.MapGet(StatusPath, context => WriteAsync(context, StatusCodes.Status200OK, control.Status));
        web.MapPost(SweepsPath, context => ReplyAsync(context, SubmitAsync(context, control)));
        web.MapPost($"{SweepsPath}/{{name}}", context => ReplyAsync(context, AskAsync(context, control)));
        web.MapPost("/v1/nodes/{name}/drain", context => ReplyAsync(context, control.DrainAsync(NameIn(context), context.RequestAborted)));
    }

    private static string NameIn(HttpContext context) => (string)context.GetRouteValue("name")!;

    private static async Task<ControlAnswer> SubmitAsync(HttpContext context, ICoordinatorControl control) =>
        await control.SubmitAsync(await ReadAsync<Submission>(context), context.RequestAborted);

    private static async Task<ControlAnswer> AskAsync(HttpContext context, ICoordinatorControl control)
    {
        var request = await ReadAsync<ControlRequest>(context);
        if (request.FindFault() is { } fault) throw new BadHttpRequestException(fault);
        return await control.AskAsync(NameIn(context), request, context.RequestAborted);
    }

    private static async Task<T> ReadAsync<T>(HttpContext context) where T : class =>
        await JsonSerializer.DeserializeAsync<T>(context.Request.Body, ControlJson.Strict, context.RequestAborted)
        ?? throw new BadHttpRequestException("it is null, must be an object");

    private static async Task ReplyAsync(HttpContext context, Task<ControlAnswer> asked)
    {
        var answer = await asked;
        await WriteAsync(context, answer.Accepted ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, answer);
    }

    private const string WhatThereIs =
        $"nothing answers to this method and path: there are GET {StatusPath}, POST {SweepsPath}, POST {SweepsPath}/NAME and POST /v1/nodes/NAME/drain";

    // The edge: whatever goes wrong with one request ends here, and the sweeps go on.
    private static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            // What routing turns down has a code and no words.
            if (!context.Response.HasStarted && context.Response.StatusCode >= StatusCodes.Status400BadRequest)
                await WriteAsync(context, context.Response.StatusCode, new ControlAnswer(false, WhatThereIs));
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
