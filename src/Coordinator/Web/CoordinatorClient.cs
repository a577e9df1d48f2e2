using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Trials;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web;

/// <summary>Speaks with a coordinator, which is another process: on this machine through its store, elsewhere at its address.</summary>
/// <exception cref="ControlException">From whatever is asked: it can't be asked, turns it down or is not understood; says why and what to do.</exception>
public sealed class CoordinatorClient : IDisposable
{
    // A coordinator answers at once; one that was suspended must not hold its user. A line may be slow.
    private static readonly TimeSpan ForControl = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ForRecords = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ForFiles = TimeSpan.FromMinutes(10);

    private readonly CoordinatorLine _line;
    private readonly TimeSpan _patience;

    private CoordinatorClient(CoordinatorLine line, TimeSpan patience) => (_line, _patience) = (line, patience);

    /// <param name="patience">How long it may take to answer what it is told to do.</param>
    /// <returns>Null where no coordinator runs.</returns>
    /// <exception cref="ControlException">It is another user's.</exception>
    public static async Task<CoordinatorClient?> FindAsync(StoreFolder folder, CancellationToken cancellation, TimeSpan? patience = null)
    {
        try
        {
            using var reached = await ControlSocket.ConnectAsync(folder, cancellation);
            return reached is null ? null : new CoordinatorClient(new SocketLine(folder), patience ?? ForControl);
        }
        catch (Exception fault) when (fault is SocketException or IOException or UnauthorizedAccessException)
        {
            throw new ControlException($"{folder}: the coordinator that runs here can't be reached: {fault.Message}", fault);
        }
    }

    /// <summary>Nobody is asked yet whether he is there.</summary>
    public static CoordinatorClient At(CoordinatorAddress address) => new(new AddressLine(address), ForControl);

    /// <summary>Of a store on this machine, whether anybody works on it or not.</summary>
    public static CoordinatorClient Of(StoreFolder folder) => new(new SocketLine(folder), ForControl);

    public Task<CoordinatorStatus> StatusAsync(CancellationToken cancellation) => GetAsync<CoordinatorStatus>("v1/status", _patience, cancellation);

    /// <remarks>Without an answer, what was asked may be done all the same.</remarks>
    public Task<ControlAnswer> AskAsync(string sweep, SweepCommand request, CancellationToken cancellation) =>
        PostAsync($"v1/sweeps/{Uri.EscapeDataString(sweep)}", request, cancellation);

    /// <inheritdoc cref="AskAsync"/>
    public Task<ControlAnswer> SubmitAsync(Submission submission, CancellationToken cancellation) => PostAsync("v1/sweeps", submission, cancellation);

    /// <inheritdoc cref="AskAsync"/>
    public Task<ControlAnswer> DrainAsync(string node, CancellationToken cancellation) =>
        PostAsync($"v1/nodes/{Uri.EscapeDataString(node)}/drain", new { }, cancellation);

    /// <param name="path">With its query, of what is under <c>v1/records</c>.</param>
    internal Task<T> RecordsAsync<T>(string path, CancellationToken cancellation) => GetAsync<T>($"v1/records/{path}", ForRecords, cancellation);

    /// <returns>Null where it has no such checkpoint.</returns>
    internal Task<byte[]?> DownloadAsync(Checkpoint checkpoint, CancellationToken cancellation) => DownloadAsync(PathOf(checkpoint), cancellation);

    /// <returns>Null where it has no such file.</returns>
    internal Task<byte[]?> DownloadAsync(string path, CancellationToken cancellation) => ExchangeAsync(
        HttpMethod.Get, path, null, ForFiles,
        async Task<byte[]?> (answer, stop) =>
            answer.StatusCode == HttpStatusCode.NotFound ? null : await ReadAllAsync(await RequireSuccessAsync(answer, stop), stop),
        cancellation);

    internal Task CopyDatabaseAsync(Stream to, CancellationToken cancellation) => ExchangeAsync(
        HttpMethod.Get, "v1/database", null, ForFiles,
        async (answer, stop) =>
        {
            await using var body = await OpenAsync(await RequireSuccessAsync(answer, stop), stop);
            var buffer = new byte[1 << 16];
            for (int read; (read = await body.ReadAsync(buffer, stop)) > 0;) WriteTo(to, buffer.AsSpan(0, read));
            return true;
        },
        cancellation);

    /// <summary>Answers a request with what the coordinator answers to it, for somebody who may change nothing.</summary>
    /// <param name="mustRun">Else it need not be there.</param>
    /// <returns>Whether it was there.</returns>
    internal async Task<bool> PassOnAsync(HttpContext context, bool mustRun)
    {
        using var request = Passing.Of(context.Request);
        try
        {
            using var answer = await _line.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            await Passing.CopyAsync(answer, context);
            return true;
        }
        catch (HttpRequestException fault) when (!context.Response.HasStarted)
        {
            if (mustRun) await Problem.WriteAsync(context, StatusCodes.Status502BadGateway, _line.Explain(fault, _patience));
            return mustRun;
        }
        catch (IOException) when (context.Response.HasStarted)
        {
            // It went while it spoke: the connection says that this is not all.
            context.Abort();
            return true;
        }
    }

    internal static string PathOf(Checkpoint checkpoint) => $"{FileRoutes.Checkpoints}/{Uri.EscapeDataString(checkpoint.Sha256)}";

    internal ControlException NotUnderstood(Exception? fault = null) => new(_line.NotUnderstood, fault);

    /// <summary>Where the coordinator is, for people.</summary>
    public override string ToString() => _line.ToString();

    public void Dispose() => _line.Dispose();

    private Task<T> GetAsync<T>(string path, TimeSpan patience, CancellationToken cancellation) => ExchangeAsync(
        HttpMethod.Get, path, null, patience, async (answer, stop) => await ReadAsync<T>(await RequireSuccessAsync(answer, stop), stop), cancellation);

    private Task<ControlAnswer> PostAsync<T>(string path, T body, CancellationToken cancellation) => ExchangeAsync(
        HttpMethod.Post, path, JsonContent.Create(body, options: ControlJson.Strict), _patience,
        async (answer, stop) => answer.StatusCode == HttpStatusCode.Conflict
            ? new ControlAnswer(false, await SaidAsync(answer, stop) ?? throw NotUnderstood())
            : await ReadAsync<ControlAnswer?>(await RequireSuccessAsync(answer, stop), stop) ?? throw NotUnderstood(),
        cancellation);

    private async Task<T> ExchangeAsync<T>(
        HttpMethod method, string path, HttpContent? body, TimeSpan patience, Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellation)
    {
        // Relative: an address may have a path of its own, before ours.
        using var request = new HttpRequestMessage(method, path) { Content = body };
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        enough.CancelAfter(patience);
        try
        {
            using var answer = await _line.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, enough.Token);
            return await read(answer, enough.Token);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException)
        {
            throw NotUnderstood(fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new ControlException(_line.Explain(fault, patience), fault);
        }
    }

    private async Task<HttpResponseMessage> RequireSuccessAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode) return answer;
        // All that is asked here is there in this release.
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed) throw NotUnderstood();
        throw new ControlException(_line.Explain(answer.StatusCode, await SaidAsync(answer, cancellation)));
    }

    private static async Task<string?> SaidAsync(HttpResponseMessage answer, CancellationToken cancellation) =>
        ProblemText.In(await ReadAllAsync(answer, cancellation));

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await using var body = await OpenAsync(answer, cancellation);
        return (await JsonSerializer.DeserializeAsync<T>(body, ControlJson.Lenient, cancellation))!;
    }

    private static async Task<byte[]> ReadAllAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await using var body = await OpenAsync(answer, cancellation);
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }

    // What this machine's disk refuses is not the line's fault.
    private static void WriteTo(Stream to, ReadOnlySpan<byte> bytes)
    {
        try
        {
            to.Write(bytes);
        }
        catch (IOException fault)
        {
            throw new StoreException($"what came can't be written ({fault.Message})", fault);
        }
    }

    private static async Task<Stream> OpenAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var body = await answer.Content.ReadAsStreamAsync(cancellation);
        return answer.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(body, CompressionMode.Decompress) : body;
    }
}
