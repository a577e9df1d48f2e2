using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Training.Plugins;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web;

/// <summary>What a user can see of a coordinator at work, and ask of it.</summary>
/// <param name="folder">Of its store: where that is on its machine is told to nobody elsewhere. Null where it is on another one.</param>
internal sealed class ControlRoutes(ICoordinatorControl control, StoreFolder? folder)
{
    /// <summary>In bytes: a sweep file that makes sense comes nowhere near it, and a plug-in is sent as text, a third longer than it is.</summary>
    public const int LargestSubmission = (1 << 20) + (PluginFile.Largest / 3 * 4);

    public void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("control");
        routes.MapGet("/status", Status).WithSummary("What the coordinator works on, and with what");
        var commands = routes.MapGroup("").ProducesProblem(StatusCodes.Status409Conflict);
        commands.MapPost("/sweeps", SubmitAsync).WithSummary("Takes a new sweep up").WithMetadata(new BodyLimit(LargestSubmission));
        commands.MapPost("/sweeps/{name}", AskAsync).WithSummary("Pauses, resumes, cancels or extends a sweep, or runs its failed trials again");
        commands.MapPost("/nodes/{name}/drain", DrainAsync).WithSummary("Has a node finish what it has, and leave");
    }

    private Ok<CoordinatorStatus> Status() => TypedResults.Ok(control.Status);

    private async Task<Results<Ok<ControlAnswer>, ProblemHttpResult>> SubmitAsync(JsonBody<Submission> body, CancellationToken gone) =>
        Reply(await control.SubmitAsync(body.Value, gone));

    // Under its name: what is asked of one sweep must never reach the next.
    private async Task<Results<Ok<ControlAnswer>, ProblemHttpResult>> AskAsync(string name, JsonBody<SweepCommand> body, CancellationToken gone) =>
        body.Value.FindFault() is { } fault ? Problem.Of(StatusCodes.Status400BadRequest, fault) : Reply(await control.AskAsync(name, body.Value, gone));

    private async Task<Results<Ok<ControlAnswer>, ProblemHttpResult>> DrainAsync(string name, CancellationToken gone) =>
        Reply(await control.DrainAsync(name, gone));

    private Results<Ok<ControlAnswer>, ProblemHttpResult> Reply(ControlAnswer answer) =>
        answer.Accepted ? TypedResults.Ok(answer) : Problem.Of(StatusCodes.Status409Conflict, WithoutPlace(answer.Message));

    private string WithoutPlace(string message) =>
        folder is not null && Path.IsPathRooted(folder.Path) ? message.Replace(folder.Path, "its store", StringComparison.Ordinal) : message;
}
