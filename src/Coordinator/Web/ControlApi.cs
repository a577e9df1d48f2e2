using System.Text.Json;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web;

/// <summary>
/// The control of a coordinator as JSON over HTTP: <c>GET /v1/status</c> gives its <see cref="CoordinatorStatus"/>, <c>POST /v1/sweeps</c> takes a
/// <see cref="Submission"/>, <c>POST /v1/sweeps/NAME</c> a <see cref="SweepCommand"/>, and <c>POST /v1/nodes/NAME/drain</c> nothing more. Whatever is no status
/// is a <see cref="ControlAnswer"/>, errors included.
/// </summary>
internal static class ControlApi
{
    public const string StatusPath = "/v1/status";
    public const string SweepsPath = "/v1/sweeps";

    /// <summary>In bytes: a sweep file that makes sense comes nowhere near it.</summary>
    public const int LargestSubmission = 1 << 20;

    // Under its name: what is asked of one sweep must never reach the next.
    public static string PathOf(string sweep) => $"{SweepsPath}/{Uri.EscapeDataString(sweep)}";

    public static string DrainPathOf(string node) => $"/v1/nodes/{Uri.EscapeDataString(node)}/drain";

    public static void Map(IEndpointRouteBuilder routes, ICoordinatorControl control)
    {
        routes.MapGet(StatusPath, context => WriteAsync(context, StatusCodes.Status200OK, control.Status));
        routes.MapPost(SweepsPath, context => ReplyAsync(context, SubmitAsync(context, control))).WithMetadata(new BodyLimit(LargestSubmission));
        routes.MapPost($"{SweepsPath}/{{name}}", context => ReplyAsync(context, AskAsync(context, control)));
        routes.MapPost("/v1/nodes/{name}/drain", context => ReplyAsync(context, control.DrainAsync(NameIn(context), context.RequestAborted)));
    }

    private static string NameIn(HttpContext context) => (string)context.GetRouteValue("name")!;

    private static async Task<ControlAnswer> SubmitAsync(HttpContext context, ICoordinatorControl control) =>
        await control.SubmitAsync(await ReadAsync<Submission>(context), context.RequestAborted);

    private static async Task<ControlAnswer> AskAsync(HttpContext context, ICoordinatorControl control)
    {
        var request = await ReadAsync<SweepCommand>(context);
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

    private static Task WriteAsync<T>(HttpContext context, int code, T body)
    {
        context.Response.StatusCode = code;
        return context.Response.WriteAsJsonAsync(body, ControlJson.Lenient, context.RequestAborted);
    }
}
