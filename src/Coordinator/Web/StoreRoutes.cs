using System.Net.Mime;
using FashionSweep.Coordinator.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web;

/// <summary>A store's database, for those who keep a copy of it elsewhere.</summary>
internal sealed class StoreRoutes(StoreFolder folder)
{
    public void Map(IEndpointRouteBuilder v1) => v1.MapGet("/database", (Delegate)WriteAsync).WithTags("records")
        .WithSummary("The database as it is now, in one file of LiteDB; its trials' checkpoints are asked for one by one")
        .Produces<Stream>(StatusCodes.Status200OK, MediaTypeNames.Application.Octet);

    // Page by page, and what can't be read to its end is cut off: whoever takes it knows that it is not whole.
    private async Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = MediaTypeNames.Application.Octet;
        context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        await Task.Run(() => folder.CopyDatabase(context.Response.Body, context.RequestAborted), context.RequestAborted);
    }
}
