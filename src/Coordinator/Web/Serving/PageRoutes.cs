using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web.Serving;

/// <summary>The page on which one draws or drops an image: three files of this program. They say nothing of the model, and so are for everybody.</summary>
internal static class PageRoutes
{
    // It asks nobody else for anything, and nobody else shows it.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data: blob:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string File, string ContentType)[] Files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/page.css", "page.css", "text/css; charset=utf-8"),
        ("/page.js", "page.js", "text/javascript; charset=utf-8"),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, file, contentType) in Files)
        {
            var bytes = new Lazy<byte[]>(() => Read(file));
            routes.MapGet(path, context => WriteAsync(context, contentType, bytes.Value)).AllowAnonymous();
        }
    }

    private static async Task WriteAsync(HttpContext context, string contentType, byte[] bytes)
    {
        var response = context.Response;
        (response.ContentType, response.ContentLength) = (contentType, bytes.Length);
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-cache";
        await response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }

    private static byte[] Read(string file)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"ServingPage.{file}")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
