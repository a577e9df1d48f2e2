using System.IO.Compression;
using System.Net.Mime;
using System.Reflection;
using System.Text.Json;
using FashionSweep.Coordinator.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace FashionSweep.Coordinator.Web;

/// <summary>What is read of a store's records, as JSON, gzipped for who takes that.</summary>
/// <param name="read">By parts: what the coordinator writes waits for one of them at most.</param>
internal sealed class RecordsAnswer<T>(StoreFolder folder, Func<ITrialRecords, T> read) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), [MediaTypeNames.Application.Json]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var isGzipped = request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        var body = await RecordsTurn.TakeAsync(() => Encode(isGzipped), httpContext.RequestAborted);
        // Whoever is slow to take an answer holds up nobody.
        (response.ContentType, response.ContentLength) = ("application/json; charset=utf-8", body.Length);
        if (isGzipped) response.Headers.ContentEncoding = "gzip";
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    private byte[] Encode(bool isGzipped)
    {
        using var records = folder.Open();
        using var bytes = new MemoryStream();
        using (var body = isGzipped ? new GZipStream(bytes, CompressionLevel.Fastest) : (Stream)bytes)
            JsonSerializer.Serialize(body, read(records), ControlJson.Lenient);
        return bytes.ToArray();
    }
}

/// <summary>Lets one answer at a time be made, however many ask: the other cores stay with the coordinator's own work.</summary>
internal static class RecordsTurn
{
    private static readonly SemaphoreSlim Free = new(1);

    public static async Task<T> TakeAsync<T>(Func<T> make, CancellationToken cancellation)
    {
        await Free.WaitAsync(cancellation);
        try
        {
            return make();
        }
        finally
        {
            Free.Release();
        }
    }
}
