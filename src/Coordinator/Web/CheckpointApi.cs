using System.Globalization;
using System.Net.Http.Headers;
using FashionSweep.Coordinator.Live;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web;

/// <summary>
/// A store's checkpoints and snapshots over HTTP, for nodes that don't share its folder. Names are 64 hexadecimal digits; nothing else of a request
/// reaches the file system, and nothing is kept under a name before its SHA-256 has been checked.
/// <list type="bullet">
/// <item><c>GET|HEAD /v1/checkpoints/SHA256</c>: the file, or a <c>Range</c> of it. Where it is not there, 404 tells in <c>Upload-Offset</c> how much of it came.</item>
/// <item><c>PUT /v1/checkpoints/SHA256</c>: all of it, or with <c>Content-Range: bytes FIRST-LAST/TOTAL</c> the part that begins where the offset ends; from 0 it begins anew.
/// 201 when that made it whole, 200 when it was there, 202 when more is to come, 409 with the offset when it does not fit there, 422 when the hash is another: then it is
/// removed.</item>
/// <item><c>GET|PUT|DELETE /v1/snapshots/KEY</c>: whole, with its SHA-256 in <c>Content-Digest</c> both ways; the newer takes the older's place, and the answer says in
/// <c>Snapshot-Pace</c> after how many seconds the next is wanted.</item>
/// </list>
/// 413 is too large, 507 a full disk, of which nothing half-written stays. Whatever is no file is a <see cref="ControlAnswer"/>.
/// </summary>
public sealed class CheckpointApi
{
    /// <summary>Of one file. A thousand times the largest model of the sweeps here.</summary>
    public const long DefaultLimit = 1L << 30;

    private readonly CheckpointFolder _checkpoints;
    private readonly UploadFolder _uploads;
    private readonly SnapshotPace _pace;
    private readonly long _limit;

    private CheckpointApi(string checkpoints, TimeProvider clock, long limit) =>
        (_checkpoints, _uploads, _pace, _limit) = (new CheckpointFolder(checkpoints), new UploadFolder(Path.Combine(checkpoints, "uploads"), clock), new SnapshotPace(clock), limit);

    /// <param name="checkpoints">The store's folder of them.</param>
    /// <param name="limit">Bytes of one file.</param>
    public static void Map(IEndpointRouteBuilder routes, string checkpoints, TimeProvider clock, long limit = DefaultLimit)
    {
        var api = new CheckpointApi(checkpoints, clock, limit);
        var body = new BodyLimit(limit);
        var (checkpoint, snapshot) = ($"/{FileRoutes.Checkpoints}/{{name}}", $"/{FileRoutes.Snapshots}/{{name}}");
        routes.MapMethods(checkpoint, [HttpMethods.Get, HttpMethods.Head], Named(api.GetCheckpointAsync));
        routes.MapPut(checkpoint, Named(api.PutCheckpointAsync)).WithMetadata(body);
        routes.MapGet(snapshot, Named(api.GetSnapshotAsync));
        routes.MapPut(snapshot, Named(api.PutSnapshotAsync)).WithMetadata(body);
        routes.MapDelete(snapshot, Named(api.DeleteSnapshotAsync));
    }

    private static RequestDelegate Named(Func<HttpContext, string, Task> answer) => context =>
        context.GetRouteValue("name") is string name && Checkpoint.IsSha256(name)
            ? answer(context, name)
            : AnswerAsync(context, StatusCodes.Status400BadRequest, "the name must be 64 hexadecimal digits in lower case");

    private async Task GetCheckpointAsync(HttpContext context, string sha256)
    {
        if (OpenOrNull(PlaceOf(sha256)) is not { } file)
        {
            TellOffset(context, sha256);
            await AnswerAsync(context, StatusCodes.Status404NotFound, "there is no such checkpoint");
            return;
        }
        await TypedResults.Stream(file, entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{sha256}\""), enableRangeProcessing: true).ExecuteAsync(context);
    }

    private async Task PutCheckpointAsync(HttpContext context, string sha256)
    {
        if (RangeOf(context.Request) is not { } range)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, "Content-Length must be there, and fit a Content-Range such as bytes 0-99/100");
            return;
        }
        if (range.Total > _limit)
        {
            await AnswerAsync(context, StatusCodes.Status413PayloadTooLarge, $"the checkpoint has {range.Total} bytes, must have at most {_limit}");
            return;
        }
        var state = await _uploads.AddAsync(sha256, PlaceOf(sha256), range, context.Request.Body, context.RequestAborted);
        if (state is UploadState.Unfinished or UploadState.ElsewhereInFile) TellOffset(context, sha256);
        await AnswerAsync(context, state);
    }

    private async Task GetSnapshotAsync(HttpContext context, string key)
    {
        if (OpenOrNull(_checkpoints.Snapshots.Named(key).Path) is not { } file)
        {
            await AnswerAsync(context, StatusCodes.Status404NotFound, "there is no such snapshot");
            return;
        }
        // One that is replaced meanwhile stays as it was for whoever has it open.
        await using (file)
        {
            context.Response.Headers[FileRoutes.DigestHeader] = await FileRoutes.DigestAsync(file, context.RequestAborted);
            await TypedResults.Stream(file).ExecuteAsync(context);
        }
    }

    private async Task PutSnapshotAsync(HttpContext context, string key)
    {
        if (context.Request.Headers[FileRoutes.DigestHeader] is not [{ } digest])
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, $"{FileRoutes.DigestHeader} must be there, such as sha-256=:BASE64:");
            return;
        }
        var state = await _uploads.ReplaceAsync($"{key}.snapshot", _checkpoints.Snapshots.Named(key).Path, digest, context.Request.Body, context.RequestAborted);
        if (state == UploadState.Created)
            context.Response.Headers[FileRoutes.PaceHeader] = _pace.Next(key, context.Request.ContentLength ?? 0).TotalSeconds.ToString(CultureInfo.InvariantCulture);
        await AnswerAsync(context, state);
    }

    private Task DeleteSnapshotAsync(HttpContext context, string key)
    {
        _checkpoints.Snapshots.Named(key).Delete();
        _pace.Forget(key);
        return AnswerAsync(context, StatusCodes.Status200OK, "the snapshot is gone");
    }

    private string PlaceOf(string sha256) => _checkpoints.PathOf(new Checkpoint(sha256, Bytes: 0));

    private void TellOffset(HttpContext context, string sha256) =>
        context.Response.Headers[FileRoutes.OffsetHeader] = _uploads.Offset(sha256).ToString(CultureInfo.InvariantCulture);

    private static UploadRange? RangeOf(HttpRequest request)
    {
        if (request.ContentLength is not { } count) return null;
        if (request.Headers.ContentRange.Count == 0) return new UploadRange(0, count, count);
        return ContentRangeHeaderValue.TryParse(request.Headers.ContentRange, out var range) && range is { Unit: "bytes", From: { } from, To: { } to, Length: { } total } && count == to - from + 1
            ? new UploadRange(from, count, total)
            : null;
    }

    private static FileStream? OpenOrNull(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static Task AnswerAsync(HttpContext context, UploadState state) => state switch
    {
        UploadState.Created => AnswerAsync(context, StatusCodes.Status201Created, "it is stored"),
        UploadState.AlreadyThere => AnswerAsync(context, StatusCodes.Status200OK, "it is stored already"),
        UploadState.Unfinished => AnswerAsync(context, StatusCodes.Status202Accepted, "the rest of it is to come"),
        UploadState.ElsewhereInFile => AnswerAsync(context, StatusCodes.Status409Conflict, $"it goes on at {FileRoutes.OffsetHeader}"),
        UploadState.Damaged => AnswerAsync(context, StatusCodes.Status422UnprocessableEntity, "its SHA-256 is another than was said: it was damaged on its way"),
        _ => throw new InvalidOperationException($"No answer to {state}."),
    };

    private static Task AnswerAsync(HttpContext context, int code, string message)
    {
        context.Response.StatusCode = code;
        return context.Response.WriteAsJsonAsync(new ControlAnswer(code < StatusCodes.Status400BadRequest, message), ControlJson.Lenient, context.RequestAborted);
    }
}
