using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web;

/// <summary>
/// What a store has of sweeps and their trials, for readers elsewhere: a <c>GET</c> for each member of <see cref="ITrialRecords"/>, as JSON, gzipped for who takes that.
/// <list type="bullet">
/// <item><c>/v1/records/sweeps?after=0</c>, <c>/v1/records/trials?sweep=NAME&amp;after=0</c>: a <see cref="RecordsPage{T}"/>, from which the next one is asked for.</item>
/// <item><c>/v1/records/tally?sweep=NAME</c>: how it stands, or null.</item>
/// <item><c>/v1/records/trial?sweep=NAME&amp;number=7</c>: one, or null.</item>
/// <item><c>/v1/records/attempts?sweep=NAME&amp;number=7</c>, <c>/v1/records/epochs?sweep=NAME&amp;number=7&amp;attempt=1</c>, <c>/v1/records/changes?sweep=NAME</c>: all of them.</item>
/// </list>
/// A sweep's name is a value to look for and never a part of a path.
/// </summary>
public sealed class RecordsApi
{
    /// <summary>About a MB of JSON.</summary>
    public const int DefaultPage = 500;

    // One answer at a time, however many ask: the other cores stay with the coordinator's own work.
    private static readonly SemaphoreSlim Turn = new(1);

    private readonly StoreFolder _folder;
    private readonly int _page;

    private RecordsApi(StoreFolder folder, int page) => (_folder, _page) = (folder, page);

    /// <param name="page">How many sweeps or trials are sent at once.</param>
    public static void Map(IEndpointRouteBuilder routes, StoreFolder folder, int page = DefaultPage)
    {
        var api = new RecordsApi(folder, page);
        routes.MapGet(RecordRoutes.Sweeps, api.Answer(api.Sweeps));
        routes.MapGet(RecordRoutes.Trials, api.Answer(api.Trials));
        routes.MapGet(RecordRoutes.Tally, api.Answer(Tally));
        routes.MapGet(RecordRoutes.Trial, api.Answer((records, asked) => records.Find(TrialIn(asked))));
        routes.MapGet(RecordRoutes.Attempts, api.Answer((records, asked) => records.Attempts(TrialIn(asked))));
        routes.MapGet(RecordRoutes.Epochs, api.Answer((records, asked) => records.Epochs(TrialIn(asked), Number(asked, "attempt"))));
        routes.MapGet(RecordRoutes.Changes, api.Answer((records, asked) => records.Changes(SweepIn(asked))));
    }

    private RecordsPage<SweepRecord> Sweeps(ITrialRecords records, HttpRequest asked)
    {
        // None is ever removed, so that their places stay.
        var (after, all) = (Number(asked, "after"), records.Sweeps());
        return new RecordsPage<SweepRecord>([.. all.Skip(after).Take(_page)], all.Count - after > _page ? after + _page : null);
    }

    private RecordsPage<TrialRecord> Trials(ITrialRecords records, HttpRequest asked)
    {
        var trials = records.Trials(SweepIn(asked), Number(asked, "after"), _page);
        return new RecordsPage<TrialRecord>(trials, trials.Count == _page ? trials[^1].Spec.Id.Number : null);
    }

    private static SweepTally? Tally(ITrialRecords records, HttpRequest asked)
    {
        var name = SweepIn(asked);
        return records.Sweeps().FirstOrDefault(sweep => sweep.Name == name) is { } found ? records.Tally(found) : null;
    }

    // With a connection of its own: what the coordinator writes goes on beside it. Whoever is slow to take an answer holds up nobody.
    private RequestDelegate Answer<T>(Func<ITrialRecords, HttpRequest, T> read) => async context =>
    {
        var isGzipped = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        byte[] body;
        await Turn.WaitAsync(context.RequestAborted);
        try
        {
            using var records = _folder.Open();
            body = Encode(read(records, context.Request), isGzipped);
        }
        finally
        {
            Turn.Release();
        }
        var response = context.Response;
        (response.ContentType, response.ContentLength) = ("application/json; charset=utf-8", body.Length);
        if (isGzipped) response.Headers.ContentEncoding = "gzip";
        await response.Body.WriteAsync(body, context.RequestAborted);
    };

    private static byte[] Encode<T>(T found, bool isGzipped)
    {
        using var bytes = new MemoryStream();
        using (var body = isGzipped ? new GZipStream(bytes, CompressionLevel.Fastest) : (Stream)bytes) JsonSerializer.Serialize(body, found, ControlJson.Lenient);
        return bytes.ToArray();
    }

    private static TrialId TrialIn(HttpRequest asked) => new(SweepIn(asked), Number(asked, "number"));

    private static string SweepIn(HttpRequest asked) =>
        asked.Query["sweep"] is [{ Length: > 0 } sweep] ? sweep : throw new BadHttpRequestException("sweep must be there once, and name a sweep");

    private static int Number(HttpRequest asked, string name) =>
        asked.Query[name] is [{ } text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BadHttpRequestException($"{name} must be there once, and be a whole number from 0");
}
