using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Trials;

namespace FashionSweep.TrainerNode.Remote;

/// <summary>
/// Each transfer of a file once: it succeeds, or a <see cref="RemoteException"/> says why not. What a broken one got across is kept for the next.
/// </summary>
internal sealed class CheckpointClient(CoordinatorAddress address, TimeProvider clock) : IDisposable
{
    private readonly HttpClient _http = address.Connect();

    /// <summary>Asks for nothing that could be there.</summary>
    public Task CheckAsync(CancellationToken cancellation) => OffsetAsync(new string('0', 64), cancellation);

    public async Task UploadAsync(Checkpoint checkpoint, string file, CancellationToken cancellation)
    {
        if (await OffsetAsync(checkpoint.Sha256, cancellation).ConfigureAwait(false) is not { } offset) return;
        await using var bytes = File.OpenRead(file);
        // All of it may be there and was never looked at, when its coordinator ended just then.
        bytes.Position = offset < bytes.Length ? offset : 0;
        await PutAsync(Path(checkpoint.Sha256), bytes, request => request.Content!.Headers.ContentRange = Range(bytes), cancellation).ConfigureAwait(false);
    }

    /// <param name="part">What came before, and gets the rest.</param>
    /// <returns>False where the coordinator has no such checkpoint.</returns>
    public Task<bool> DownloadAsync(string sha256, FileStream part, CancellationToken cancellation) =>
        DownloadAsync(Path(sha256), "checkpoint", sha256, part, cancellation);

    /// <inheritdoc cref="DownloadAsync(string, FileStream, CancellationToken)"/>
    public Task<bool> DownloadPluginAsync(string sha256, FileStream part, CancellationToken cancellation) =>
        DownloadAsync($"{FileRoutes.Plugins}/{sha256}", "plug-in", sha256, part, cancellation);

    /// <returns>After how long the coordinator wants the next one; null where it doesn't say.</returns>
    public async Task<TimeSpan?> PutSnapshotAsync(string key, FileStream snapshot, CancellationToken cancellation)
    {
        var digest = await FileRoutes.DigestAsync(snapshot, cancellation).ConfigureAwait(false);
        var headers = await PutAsync(SnapshotPath(key), snapshot, request => request.Headers.Add(FileRoutes.DigestHeader, digest), cancellation)
            .ConfigureAwait(false);
        return headers.TryGetValues(FileRoutes.PaceHeader, out var said)
            && ushort.TryParse(said.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }

    /// <returns>False where the coordinator has no such snapshot.</returns>
    public async Task<bool> GetSnapshotAsync(string key, FileStream place, CancellationToken cancellation)
    {
        place.SetLength(0);
        if (await FetchAsync(SnapshotPath(key), place, cancellation).ConfigureAwait(false) is not { } headers) return false;
        place.Position = 0;
        var digest = await FileRoutes.DigestAsync(place, cancellation).ConfigureAwait(false);
        if (headers.TryGetValues(FileRoutes.DigestHeader, out var said) && said.Contains(digest)) return true;
        throw new RemoteException($"snapshot {key} came damaged from {address}") { IsDamage = true };
    }

    public Task DeleteSnapshotAsync(string key, CancellationToken cancellation) =>
        ExchangeAsync(_ => new HttpRequestMessage(HttpMethod.Delete, SnapshotPath(key)), RequireSuccessAsync, cancellation);

    public void Dispose() => _http.Dispose();

    private static string Path(string sha256) => $"{FileRoutes.Checkpoints}/{sha256}";

    private static string SnapshotPath(string key) => $"{FileRoutes.Snapshots}/{key}";

    private async Task<bool> DownloadAsync(string path, string what, string sha256, FileStream part, CancellationToken cancellation)
    {
        if (await FetchAsync(path, part, cancellation).ConfigureAwait(false) is null) return false;
        part.Position = 0;
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(part, cancellation).ConfigureAwait(false)) == sha256) return true;
        part.SetLength(0);
        throw new RemoteException($"{what} {sha256} came damaged from {address}") { IsDamage = true };
    }

    // A range can't say that nothing is in it.
    private static ContentRangeHeaderValue? Range(FileStream rest) =>
        rest.Length == 0 ? null : new ContentRangeHeaderValue(rest.Position, rest.Length - 1, rest.Length);

    /// <returns>How much of an upload is there; null: all of it.</returns>
    private Task<long?> OffsetAsync(string sha256, CancellationToken cancellation) => ExchangeAsync(
        _ => new HttpRequestMessage(HttpMethod.Head, Path(sha256)),
        async Task<long?> (response, guard) =>
        {
            if (response.IsSuccessStatusCode) return null;
            var isUnfinished = response.StatusCode == HttpStatusCode.NotFound && response.Headers.TryGetValues(FileRoutes.OffsetHeader, out _);
            if (isUnfinished && long.TryParse(response.Headers.GetValues(FileRoutes.OffsetHeader).First(), out var offset) && offset >= 0) return offset;
            throw await RefusalAsync(response, guard).ConfigureAwait(false);
        },
        cancellation);

    private Task<HttpResponseHeaders> PutAsync(
        string path, FileStream file, Action<HttpRequestMessage> describe, CancellationToken cancellation) => ExchangeAsync(
        guard =>
        {
            var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = FileTransfer.Body(file, guard) };
            // What would be refused is not sent.
            request.Headers.ExpectContinue = true;
            describe(request);
            return request;
        },
        RequireSuccessAsync,
        cancellation);

    /// <summary>Gets a file behind what is there of it.</summary>
    /// <returns>The answer's headers; null where there is no such file.</returns>
    private Task<HttpResponseHeaders?> FetchAsync(string path, FileStream part, CancellationToken cancellation) => ExchangeAsync(
        _ =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (part.Length > 0) request.Headers.Range = new RangeHeaderValue(part.Length, null);
            return request;
        },
        async Task<HttpResponseHeaders?> (response, guard) =>
        {
            if (response.StatusCode == HttpStatusCode.NotFound) return null;
            if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != part.Length) part.SetLength(0);
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
                throw await RefusalAsync(response, guard).ConfigureAwait(false);
            part.Position = part.Length;
            var body = await response.Content.ReadAsStreamAsync(guard.Token).ConfigureAwait(false);
            await using (body.ConfigureAwait(false)) await FileTransfer.CopyAsync(body, part, guard).ConfigureAwait(false);
            return response.Headers;
        },
        cancellation);

    private async Task<T> ExchangeAsync<T>(
        Func<StallGuard, HttpRequestMessage> ask, Func<HttpResponseMessage, StallGuard, Task<T>> read, CancellationToken cancellation)
    {
        using var guard = new StallGuard(clock, cancellation);
        try
        {
            using var request = ask(guard);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, guard.Token).ConfigureAwait(false);
            guard.Moved();
            return await read(response, guard).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new RemoteException(address.Explain(fault), fault);
        }
    }

    private async Task<HttpResponseHeaders> RequireSuccessAsync(HttpResponseMessage response, StallGuard guard) =>
        response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created ? response.Headers : throw await RefusalAsync(response, guard).ConfigureAwait(false);

    private async Task<RemoteException> RefusalAsync(HttpResponseMessage response, StallGuard guard) =>
        new(address.Explain(response.StatusCode, ProblemText.In(await response.Content.ReadAsByteArrayAsync(guard.Token).ConfigureAwait(false))))
        {
            IsLasting = response.StatusCode is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.Forbidden,
            IsDamage = response.StatusCode == HttpStatusCode.UnprocessableEntity,
        };
}
