using System.Net.Mime;
using System.Reflection;
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
        var isGzipped = JsonAnswer.IsGzipTaken(httpContext);
        await JsonAnswer.WriteAsync(httpContext, await RecordsTurn.TakeAsync(() => Encode(isGzipped), httpContext.RequestAborted), isGzipped);
    }

    private byte[] Encode(bool isGzipped)
    {
        using var records = folder.Open();
        return JsonAnswer.Encode(read(records), isGzipped);
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
