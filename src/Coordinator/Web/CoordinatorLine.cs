using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Web;

/// <summary>The way to a coordinator, and how its troubles are told to people.</summary>
internal abstract class CoordinatorLine(HttpClient http) : IDisposable
{
    protected static readonly string OtherRelease =
        $"answers in a way that this fsweep, {Release.Version}, does not know: it is of another release, or no coordinator";

    /// <summary>Without a limit of time of its own.</summary>
    public HttpClient Http => http;

    /// <summary>It answered what is not understood.</summary>
    public abstract string NotUnderstood { get; }

    /// <summary>It refused.</summary>
    /// <param name="said">Its own words, where it gave any.</param>
    public abstract string Explain(HttpStatusCode status, string? said);

    /// <summary>It did not answer.</summary>
    /// <param name="fault">What the request threw; <see cref="OperationCanceledException"/> where it was waited for in vain.</param>
    /// <param name="patience">How long it had.</param>
    public abstract string Explain(Exception fault, TimeSpan patience);

    /// <summary>Where the coordinator is.</summary>
    public abstract override string ToString();

    public void Dispose() => http.Dispose();
}

/// <summary>By the socket in the store's folder.</summary>
internal sealed class SocketLine(StoreFolder folder) : CoordinatorLine(Connect(folder))
{
    public override string NotUnderstood => $"{folder}: the coordinator that runs here {OtherRelease}";

    public override string Explain(HttpStatusCode status, string? said) => $"{folder}: {said ?? $"{(int)status} {status}"}";

    public override string Explain(Exception fault, TimeSpan patience) => fault is OperationCanceledException
        ? $"{folder}: the coordinator that runs here did not answer for {patience.TotalSeconds:F0} s: it may be suspended"
        : $"{folder}: the coordinator that ran here ended before it answered: see ./fsweep status";

    public override string ToString() => folder.Path;

    private static HttpClient Connect(StoreFolder folder)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        handler.ConnectCallback = (_, stop) => ConnectAsync(folder, stop);
        return new HttpClient(handler) { BaseAddress = new Uri("http://localhost"), Timeout = Timeout.InfiniteTimeSpan };
    }

    private static async ValueTask<Stream> ConnectAsync(StoreFolder folder, CancellationToken cancellation) =>
        new NetworkStream(await ControlSocket.ConnectAsync(folder, cancellation) ?? throw new IOException("Nobody listens."), ownsSocket: true);
}

/// <summary>Over the network.</summary>
internal sealed class AddressLine(CoordinatorAddress address) : CoordinatorLine(Connect(address))
{
    // Nobody is there to try again but the user.
    private static readonly TimeSpan ForConnecting = TimeSpan.FromSeconds(20);

    public override string NotUnderstood => $"the coordinator at {address} {OtherRelease}";

    public override string Explain(HttpStatusCode status, string? said) => address.Explain(status, said);

    public override string Explain(Exception fault, TimeSpan patience) => address.Explain(fault);

    public override string ToString() => address.ToString();

    private static HttpClient Connect(CoordinatorAddress address)
    {
        var http = address.Connect(ForConnecting);
        http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        return http;
    }
}
