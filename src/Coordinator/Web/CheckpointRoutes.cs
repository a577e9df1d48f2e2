using System.Globalization;
using System.Net.Mime;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stored = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<FashionSweep.Coordinator.Live.ControlAnswer>,
    Microsoft.AspNetCore.Http.HttpResults.Created<FashionSweep.Coordinator.Live.ControlAnswer>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<FashionSweep.Coordinator.Live.ControlAnswer>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace FashionSweep.Coordinator.Web;

/// <summary>
/// A store's checkpoints and snapshots, for nodes that don't share its folder. Names are 64 hexadecimal digits; nothing else of a request reaches the
/// file system, and nothing is kept under a name before its SHA-256 has been checked.
/// <list type="bullet">
/// <item><c>GET|HEAD /checkpoints/SHA256</c>: the file, or a <c>Range</c> of it. Where it is not there, 404 tells in <c>Upload-Offset</c> how much of it
/// came.</item>
/// <item><c>PUT /checkpoints/SHA256</c>: all of it, or with <c>Content-Range: bytes FIRST-LAST/TOTAL</c> the part that begins where the offset ends; from 0
/// it begins anew. 201 when that made it whole, 200 when it was there, 202 when more is to come, 409 with the offset when it does not fit there, 422 when the
/// hash is another, 403 when it is no checkpoint of a trial that runs: then it is removed.</item>
/// <item><c>GET|PUT|DELETE /snapshots/KEY</c>: whole, with its SHA-256 in <c>Content-Digest</c> both ways; the newer takes the older's place, and the answer
/// says in <c>Snapshot-Pace</c> after how many seconds the next is wanted.</item>
/// </list>
/// 413 is too large, 507 a full disk, of which nothing half-written stays.
/// </summary>
/// <param name="folder">The store's folder of them; one of these alone writes to it.</param>
/// <param name="limit">Bytes of one file.</param>
/// <param name="admits">Whether a file that came whole is kept as a checkpoint; each is unless given.</param>
/// <param name="inside">The bytes of a checkpoint that is in the database itself: sent where its file is missing.</param>
public sealed class CheckpointRoutes(
    string folder, TimeProvider clock, long limit = CheckpointRoutes.DefaultLimit, Func<string, bool>? admits = null, Func<Checkpoint, byte[]?>? inside = null)
{
    /// <summary>Of one file. A thousand times the largest model of the sweeps here.</summary>
    public const long DefaultLimit = 1L << 30;

    private const string CheckpointPath = "/checkpoints/{name}";

    private readonly CheckpointFolder _checkpoints = new(folder);
    private readonly UploadFolder _uploads = new(Path.Combine(folder, "uploads"), clock, DurableFile.Place, admits ?? (_ => true));
    private readonly SnapshotPace _pace = new(clock);

    /// <summary>Of a store, whose database has some of them inside.</summary>
    internal static CheckpointRoutes At(StoreFolder folder, TimeProvider clock, Func<string, bool>? admits = null) => new(
        folder.Checkpoints, clock, admits: admits, inside: checkpoint =>
        {
            using var records = folder.Open();
            return records.BytesOf(checkpoint);
        });

    public void Map(IEndpointRouteBuilder v1)
    {
        var (files, snapshot) = (MapReading(v1), "/snapshots/{name}");
        Takes(files.MapPut(CheckpointPath, PutCheckpointAsync)).WithSummary("All of a running trial's checkpoint, or the part that Content-Range says")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);
        Gives(files.MapGet(snapshot, GetSnapshotAsync)).WithSummary("A trial's newest snapshot, with its Content-Digest");
        Takes(files.MapPut(snapshot, PutSnapshotAsync)).WithSummary("A trial's newest snapshot, with its Content-Digest: takes the place of the one before");
        files.MapDelete(snapshot, DeleteSnapshot).WithSummary("Removes the snapshot of a trial that has ended");
    }

    /// <summary>Checkpoints alone, and to be read alone.</summary>
    public RouteGroupBuilder MapReading(IEndpointRouteBuilder v1)
    {
        var files = v1.MapGroup("").WithTags("checkpoints").AddEndpointFilter(CheckNameAsync);
        files.ProducesProblem(StatusCodes.Status400BadRequest);
        Gives(files.MapMethods(CheckpointPath, [HttpMethods.Get, HttpMethods.Head], GetCheckpoint))
            .WithSummary("A checkpoint by its SHA-256, or a Range of it");
        return files;
    }

    private static RouteHandlerBuilder Gives(RouteHandlerBuilder route) =>
        route.Produces<Stream>(StatusCodes.Status200OK, MediaTypeNames.Application.Octet).ProducesProblem(StatusCodes.Status404NotFound);

    private RouteHandlerBuilder Takes(RouteHandlerBuilder route) => route.WithMetadata(new BodyLimit(limit))
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status507InsufficientStorage);

    private static ValueTask<object?> CheckNameAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.GetRouteValue("name") is string name && Checkpoint.IsSha256(name)
            ? next(context)
            : ValueTask.FromResult<object?>(Problem.Of(StatusCodes.Status400BadRequest, "the name must be 64 hexadecimal digits in lower case"));

    private Results<FileStreamHttpResult, ProblemHttpResult> GetCheckpoint(string name, HttpResponse response)
    {
        if (((Stream?)OpenOrNull(PlaceOf(name)) ?? InsideOrNull(name)) is { } file)
            return TypedResults.Stream(file, entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{name}\""), enableRangeProcessing: true);
        TellOffset(response, name);
        return Problem.Of(StatusCodes.Status404NotFound, "there is no such checkpoint");
    }

    private async Task<Stored> PutCheckpointAsync(string name, Stream body, HttpContext context)
    {
        if (UploadRange.Of(context.Request) is not { } range)
            return Problem.Of(StatusCodes.Status400BadRequest, "Content-Length must be there, and fit a Content-Range such as bytes 0-99/100");
        if (range.Total > limit) return Problem.Of(StatusCodes.Status413PayloadTooLarge, $"the checkpoint has {range.Total} bytes, must have at most {limit}");
        var state = await _uploads.AddAsync(name, PlaceOf(name), range, body, context.RequestAborted);
        if (state is UploadState.Unfinished or UploadState.ElsewhereInFile) TellOffset(context.Response, name);
        return Answer(state);
    }

    private async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetSnapshotAsync(string name, HttpResponse response, CancellationToken gone)
    {
        // One that is replaced meanwhile stays as it was for whoever has it open.
        if (OpenOrNull(_checkpoints.Snapshots.Named(name).Path) is not { } file) return Problem.Of(StatusCodes.Status404NotFound, "there is no such snapshot");
        response.RegisterForDisposeAsync(file);
        response.Headers[FileRoutes.DigestHeader] = await FileRoutes.DigestAsync(file, gone);
        return TypedResults.Stream(file);
    }

    private async Task<Stored> PutSnapshotAsync(string name, Stream body, HttpContext context)
    {
        if (context.Request.Headers[FileRoutes.DigestHeader] is not [{ } digest])
            return Problem.Of(StatusCodes.Status400BadRequest, $"{FileRoutes.DigestHeader} must be there, such as sha-256=:BASE64:");
        var state = await _uploads.ReplaceAsync($"{name}.snapshot", _checkpoints.Snapshots.Named(name).Path, digest, body, context.RequestAborted);
        if (state != UploadState.Created) return Answer(state);
        var next = _pace.Next(name, context.Request.ContentLength ?? 0);
        context.Response.Headers[FileRoutes.PaceHeader] = next.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return Answer(state);
    }

    private Ok<ControlAnswer> DeleteSnapshot(string name)
    {
        _checkpoints.Snapshots.Named(name).Delete();
        _pace.Forget(name);
        return TypedResults.Ok(new ControlAnswer(true, "the snapshot is gone"));
    }

    private string PlaceOf(string sha256) => _checkpoints.PathOf(new Checkpoint(sha256, Bytes: 0));

    private void TellOffset(HttpResponse response, string sha256) =>
        response.Headers[FileRoutes.OffsetHeader] = _uploads.Offset(sha256).ToString(CultureInfo.InvariantCulture);

    private MemoryStream? InsideOrNull(string sha256) => inside?.Invoke(new Checkpoint(sha256, Bytes: 0)) is { } bytes ? new MemoryStream(bytes) : null;

    private static FileStream? OpenOrNull(string file)
    {
        try
        {
            const FileOptions Sent = FileOptions.Asynchronous | FileOptions.SequentialScan;
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, Sent);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static Stored Answer(UploadState state) => state switch
    {
        UploadState.Created => TypedResults.Created((string?)null, new ControlAnswer(true, "it is stored")),
        UploadState.AlreadyThere => TypedResults.Ok(new ControlAnswer(true, "it is stored already")),
        UploadState.Unfinished => TypedResults.Accepted((string?)null, new ControlAnswer(true, "the rest of it is to come")),
        UploadState.ElsewhereInFile => Problem.Of(StatusCodes.Status409Conflict, $"it goes on at {FileRoutes.OffsetHeader}"),
        UploadState.Damaged => Problem.Of(StatusCodes.Status422UnprocessableEntity, "its SHA-256 is another than was said: it was damaged on its way"),
        UploadState.OfNoTrial => Problem.Of(StatusCodes.Status403Forbidden, "it is no checkpoint of a trial that runs here: nothing is kept of it"),
        _ => throw new InvalidOperationException($"No answer to {state}."),
    };
}
