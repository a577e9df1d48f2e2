using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Coordinator.Control;

/// <summary>Speaks with the coordinator of a store, which is another process.</summary>
public sealed class ControlClient : IDisposable
{
    // A coordinator answers at once; one that was suspended must not hold its user.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StoreFolder _folder;
    private readonly HttpClient _http;

    private ControlClient(StoreFolder folder, TimeSpan patience)
    {
        _folder = folder;
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri("http://localhost"),
            Timeout = patience,
        };
    }

    /// <param name="patience">How long it may take to answer.</param>
    /// <returns>Null where no coordinator runs.</returns>
    /// <exception cref="ControlException">It is another user's.</exception>
    public static async Task<ControlClient?> FindAsync(StoreFolder folder, CancellationToken cancellation, TimeSpan? patience = null)
    {
        try
        {
            using var reached = await ControlSocket.ConnectAsync(folder, cancellation);
            return reached is null ? null : new ControlClient(folder, patience ?? Patience);
        }
        catch (Exception fault) when (fault is SocketException or IOException or UnauthorizedAccessException)
        {
            throw new ControlException($"{folder}: the coordinator that runs here can't be reached: {fault.Message}", fault);
        }
    }

    /// <exception cref="ControlException">It does not answer.</exception>
    public Task<CoordinatorStatus> StatusAsync(CancellationToken cancellation) =>
        ExchangeAsync<CoordinatorStatus>(new HttpRequestMessage(HttpMethod.Get, ControlApi.StatusPath), cancellation);

    /// <exception cref="ControlException">It does not answer; what was asked may be done all the same.</exception>
    public Task<ControlAnswer> AskAsync(string sweep, ControlRequest request, CancellationToken cancellation) => PostAsync(ControlApi.PathOf(sweep), request, cancellation);

    /// <inheritdoc cref="AskAsync"/>
    public Task<ControlAnswer> SubmitAsync(Submission submission, CancellationToken cancellation) => PostAsync(ControlApi.SweepsPath, submission, cancellation);

    /// <inheritdoc cref="AskAsync"/>
    public Task<ControlAnswer> DrainAsync(string node, CancellationToken cancellation) => PostAsync(ControlApi.DrainPathOf(node), new { }, cancellation);

    public void Dispose() => _http.Dispose();

    private Task<ControlAnswer> PostAsync<T>(string path, T body, CancellationToken cancellation)
    {
        var content = new StringContent(JsonSerializer.Serialize(body, ControlJson.Strict), Encoding.UTF8, "application/json");
        return ExchangeAsync<ControlAnswer>(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, cancellation);
    }

    private async Task<T> ExchangeAsync<T>(HttpRequestMessage request, CancellationToken cancellation)
        where T : class
    {
        try
        {
            using var sent = request;
            using var response = await _http.SendAsync(sent, cancellation);
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            return await JsonSerializer.DeserializeAsync<T>(body, ControlJson.Lenient, cancellation) ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw new ControlException($"{_folder}: the coordinator that runs here answers in a way that is not known: it may be of another fsweep than this one", fault);
        }
        catch (TaskCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new ControlException($"{_folder}: the coordinator that runs here did not answer for {_http.Timeout.TotalSeconds:F0} s: it may be suspended", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new ControlException($"{_folder}: the coordinator that ran here ended before it answered: see ./fsweep status", fault);
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation) =>
        new NetworkStream(await ControlSocket.ConnectAsync(_folder, cancellation) ?? throw new IOException("Nobody listens."), ownsSocket: true);
}
