using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web;

/// <summary>What can be asked and what is answered, for programs: an OpenAPI document, made of the routes themselves.</summary>
internal static class OpenApiPage
{
    /// <param name="title">Whose routes they are.</param>
    public static void Map(IEndpointRouteBuilder routes, string title)
    {
        // Made when it is asked for, and not before: what makes it takes tens of milliseconds to load.
        var document = new Lazy<Task<string>>(() => OpenApiDocuments.MakeAsync(routes, title));
        routes.MapGet("/openapi/v1.json", async context =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.WriteAsync(await document.Value, context.RequestAborted);
        });
    }
}
