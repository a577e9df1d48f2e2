using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web;

/// <summary>JSON on its way to who asked, gzipped where he takes that.</summary>
internal static class JsonAnswer
{
    public const string ContentType = "application/json; charset=utf-8";

    public static bool IsGzipTaken(HttpContext context) =>
        context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);

    public static byte[] Encode<T>(T value, bool isGzipped)
    {
        using var bytes = new MemoryStream();
        using (var body = isGzipped ? new GZipStream(bytes, CompressionLevel.Fastest) : (Stream)bytes)
            JsonSerializer.Serialize(body, value, ControlJson.Lenient);
        return bytes.ToArray();
    }

    // Whoever is slow to take an answer holds up nobody.
    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, bool isGzipped)
    {
        var response = context.Response;
        (response.ContentType, response.ContentLength) = (ContentType, body.Length);
        response.Headers.XContentTypeOptions = "nosniff";
        if (isGzipped) response.Headers.ContentEncoding = "gzip";
        await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
