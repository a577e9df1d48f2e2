using System.Net.Mime;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web;

/// <summary>The plug-ins of a store's sweeps, for nodes that don't share its folder. They come with a submission, and by no other way.</summary>
internal sealed class PluginRoutes(StoreFolder folder)
{
    public void Map(IEndpointRouteBuilder v1) => v1.MapGet("/plugins/{name}", Get).WithTags("plugins").WithSummary("A plug-in by its SHA-256")
        .Produces<Stream>(StatusCodes.Status200OK, MediaTypeNames.Application.Octet)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private Results<PhysicalFileHttpResult, ProblemHttpResult> Get(string name)
    {
        if (!Checkpoint.IsSha256(name)) return Problem.Of(StatusCodes.Status400BadRequest, "the name must be 64 hexadecimal digits in lower case");
        return folder.Plugins.Has(name)
            ? TypedResults.PhysicalFile(Path.GetFullPath(folder.Plugins.PathOf(name)), MediaTypeNames.Application.Octet)
            : Problem.Of(StatusCodes.Status404NotFound, "there is no such plug-in");
    }
}
