using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Http;

namespace FashionSweep.Coordinator.Web;

/// <summary>Speaks with a coordinator, which is another process: on this machine through its store, elsewhere at its address.</summary>
public sealed class ControlClient : IDisposable
{
    // A coordinator answers at once; one that was suspended must not hold its user.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http;
    private readonly Func<Exception, string> _explain;

    private ControlClient(HttpClient http, string place, TimeSpan patience, Func<Exception, string> explain)
    {
        (_http, _explain, Place) = (http, explain, place);
        _http.Timeout = patience;
    }

    /// <summary>Where it is, for people.</summary>
    public string Place { get; }

    /// <param name="patience">How long it may take to answer.</param>
    /// <returns>Null where no coordinator runs.</returns>
    /// <exception cref="ControlException">It is another user's.</exception>
    public static async Task<ControlClient?> FindAsync(StoreFolder folder, CancellationToken cancellation, TimeSpan? patience = null)
    {
        try
        {
            using var reached = await ControlSocket.ConnectAsync(folder, cancellation);
            if (reached is null) return null;
            var handler = new SocketsHttpHandler { ConnectCallback = (_, stop) => ConnectAsync(folder, stop), UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
            return new ControlClient(
                new HttpClient(handler) { BaseAddress = new Uri("http://localhost") }, folder.Path, patience ?? Patience,
                _ => $"{folder}: the coordinator that ran here ended before it answered: see ./fsweep status");
        }
        catch (Exception fault) when (fault is SocketException or IOException or UnauthorizedAccessException)
        {
            throw new ControlException($"{folder}: the coordinator that runs here can't be reached: {fault.Message}", fault);
        }
    }

    /// <summary>Nobody is asked yet whether he is there.</summary>
    public static ControlClient At(CoordinatorAddress address) => new(address.Connect(), address.ToString(), Patience, address.Explain);

    /// <exception cref="ControlException">It does not answer.</exception>
    public Task<CoordinatorStatus> StatusAsync(CancellationToken cancellation) =>
        ExchangeAsync<CoordinatorStatus>(new HttpRequestMessage(HttpMethod.Get, Relative(ControlApi.StatusPath)), cancellation);

    /// <exception cref="ControlException">It does not answer; what was asked may be done all the same.</exception>
    public Task<ControlAnswer> AskAsync(string sweep, SweepCommand request, CancellationToken cancellation) => PostAsync(ControlApi.PathOf(sweep), request, cancellation);

    /// <inheritdoc cref="AskAsync"/>
    public Task<ControlAnswer> SubmitAsync(Submission submission, CancellationToken cancellation) => PostAsync(ControlApi.SweepsPath, submission, cancellation);

    /// <inheritdoc cref="AskAsync"/>
    public Task<ControlAnswer> DrainAsync(string node, CancellationToken cancellation) => PostAsync(ControlApi.DrainPathOf(node), new { }, cancellation);

    public void Dispose() => _http.Dispose();

    // An address may have a path of its own, before ours.
    private static Uri Relative(string path) => new(path.TrimStart('/'), UriKind.Relative);

    private Task<ControlAnswer> PostAsync<T>(string path, T body, CancellationToken cancellation)
    {
        var content = new StringContent(JsonSerializer.Serialize(body, ControlJson.Strict), Encoding.UTF8, "application/json");
        return ExchangeAsync<ControlAnswer>(new HttpRequestMessage(HttpMethod.Post, Relative(path)) { Content = content }, cancellation);
    }

    private async Task<T> ExchangeAsync<T>(HttpRequestMessage request, CancellationToken cancellation)
        where T : class
    {
        try
        {
            using var sent = request;
            using var response = await _http.SendAsync(sent, cancellation);
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            if (response.IsSuccessStatusCode || typeof(T) == typeof(ControlAnswer)) return await ReadAsync<T>(body, cancellation);
            throw new ControlException($"{Place}: {(await ReadAsync<ControlAnswer>(body, cancellation)).Message}");
        }
        catch (JsonException fault)
        {
            throw new ControlException($"{Place}: the coordinator that runs here answers in a way that is not known: it may be of another fsweep than this one", fault);
        }
        catch (TaskCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new ControlException($"{Place}: the coordinator that runs here did not answer for {_http.Timeout.TotalSeconds:F0} s: it may be suspended", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new ControlException(_explain(fault), fault);
        }
    }

    private static async Task<T> ReadAsync<T>(Stream body, CancellationToken cancellation) where T : class =>
        await JsonSerializer.DeserializeAsync<T>(body, ControlJson.Lenient, cancellation) ?? throw new JsonException("null");

    private static async ValueTask<Stream> ConnectAsync(StoreFolder folder, CancellationToken cancellation) =>
        new NetworkStream(await ControlSocket.ConnectAsync(folder, cancellation) ?? throw new IOException("Nobody listens."), ownsSocket: true);
}
