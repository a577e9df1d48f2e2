using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web;

/// <summary>The files of a page, which are inside this program. They say nothing of what it shows, and so are for everybody.</summary>
internal static class PageRoutes
{
    private const string First = "index.html";

    // It asks nobody else for anything, and nobody else shows it.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Assembly Program = Assembly.GetExecutingAssembly();

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
    }.ToFrozenDictionary();

    /// <param name="page">What the names of its files begin with in this program, as <c>ServingPage</c>.</param>
    /// <param name="under">Where all of them are but the first, which is at the root: <c>/</c>, or as <c>/assets/</c>.</param>
    public static void Map(IEndpointRouteBuilder routes, string page, string under)
    {
        foreach (var resource in Program.GetManifestResourceNames().Where(name => name.StartsWith($"{page}/", StringComparison.Ordinal)))
        {
            var name = resource[(page.Length + 1)..].Replace('\\', '/');
            MapStored(routes, name == First ? "/" : $"{under}{name}", resource);
        }
    }

    /// <summary>One file, by its whole name in this program.</summary>
    public static void MapStored(IEndpointRouteBuilder routes, string path, string resource) =>
        Map(routes, path, ContentTypes[Path.GetExtension(resource)], () => Read(resource));

    /// <summary>A file that is made when it is first asked for.</summary>
    public static void MapMade(IEndpointRouteBuilder routes, string path, Func<string> make) =>
        Map(routes, path, ContentTypes[Path.GetExtension(path)], () => Encoding.UTF8.GetBytes(make()));

    private static void Map(IEndpointRouteBuilder routes, string path, string contentType, Func<byte[]> read)
    {
        var file = new Lazy<PageFile>(() => PageFile.Of(read(), contentType));
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], context => WriteAsync(context, file.Value)).AllowAnonymous();
    }

    private static byte[] Read(string resource)
    {
        using var stored = Program.GetManifestResourceStream(resource)!;
        var bytes = new byte[stored.Length];
        stored.ReadExactly(bytes);
        return bytes;
    }

    private static async Task WriteAsync(HttpContext context, PageFile file)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        // Asked for each time, so that a page and its modules are always of one release.
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.ETag = file.Tag;
        if (request.Headers.IfNoneMatch.Contains(file.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var (bytes, encoding) = file.For(request.Headers.AcceptEncoding.ToString());
        (response.ContentType, response.ContentLength) = (file.ContentType, bytes.Length);
        if (encoding is not null) response.Headers.ContentEncoding = encoding;
        if (!HttpMethods.IsHead(request.Method)) await response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }
}

/// <summary>One file of a page, as it is and compressed.</summary>
/// <param name="Tag">Another one for other bytes.</param>
internal sealed record PageFile(string ContentType, string Tag, byte[] Plain, byte[] Brotli, byte[] Gzip)
{
    public static PageFile Of(byte[] bytes, string contentType) => new(
        contentType, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"", bytes,
        Compress(bytes, to => new BrotliStream(to, CompressionLevel.Optimal)), Compress(bytes, to => new GZipStream(to, CompressionLevel.Optimal)));

    /// <param name="accepted">As in <c>Accept-Encoding</c>.</param>
    public (byte[] Bytes, string? Encoding) For(string accepted) =>
        accepted.Contains("br", StringComparison.OrdinalIgnoreCase) && Brotli.Length < Plain.Length ? (Brotli, "br")
        : accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) && Gzip.Length < Plain.Length ? (Gzip, "gzip")
        : (Plain, null);

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> into)
    {
        using var compressed = new MemoryStream();
        using (var stream = into(compressed)) stream.Write(bytes);
        return compressed.ToArray();
    }
}
