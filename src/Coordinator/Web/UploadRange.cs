using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web;

/// <summary>Which part of a file a request brings.</summary>
/// <param name="From">The first byte's place.</param>
/// <param name="Count">How many bytes come.</param>
/// <param name="Total">The whole file's size.</param>
internal readonly record struct UploadRange(long From, long Count, long Total)
{
    /// <returns>Null where it does not say how much comes, or its <c>Content-Range</c> does not fit that.</returns>
    public static UploadRange? Of(HttpRequest request)
    {
        if (request.ContentLength is not { } count) return null;
        if (request.Headers.ContentRange.Count == 0) return new UploadRange(0, count, count);
        return ContentRangeHeaderValue.TryParse(request.Headers.ContentRange, out var range)
            && range is { Unit: "bytes", From: { } from, To: { } to, Length: { } total } && count == to - from + 1
            ? new UploadRange(from, count, total)
            : null;
    }
}
