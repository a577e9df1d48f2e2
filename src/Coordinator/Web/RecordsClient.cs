using System.IO.Compression;
using System.Net;
using System.Text.Json;
using FashionSweep.Coordinator.Live;
using FashionSweep.Shared.Http;

namespace FashionSweep.Coordinator.Web;

/// <summary>Gets from a coordinator elsewhere what it has stored.</summary>
/// <exception cref="ControlException">From whatever is got: it can't be asked, or not understood; says why and what to do.</exception>
internal sealed class RecordsClient : IDisposable
{
    // Nobody is there to try again but the user.
    private static readonly TimeSpan ForConnecting = TimeSpan.FromSeconds(20);

    private readonly CoordinatorAddress _address;
    private readonly HttpClient _http;
    private readonly CancellationToken _stop;

    /// <param name="patience">For one answer, from its first byte to its last.</param>
    public RecordsClient(CoordinatorAddress address, TimeSpan patience, CancellationToken stop)
    {
        (_address, _http, _stop) = (address, address.Connect(ForConnecting), stop);
        _http.Timeout = patience;
    }

    /// <summary>Records, which a coordinator has even where there are none.</summary>
    public T Get<T>(string path) => Exchange(path, "gzip", response => response.StatusCode switch
    {
        HttpStatusCode.OK => Read<T>(response),
        HttpStatusCode.NotFound => throw new ControlException(
            $"the coordinator at {_address} does not give its records to others: it may be of an older fsweep than this one; upgrade it, or ask on its own machine with --store DIR"),
        _ => throw Refusal(response),
    });

    /// <returns>Null where there is no such file.</returns>
    public byte[]? Download(string path) => Exchange(path, "identity", response => response.StatusCode switch
    {
        HttpStatusCode.OK => ReadAll(response),
        HttpStatusCode.NotFound => null,
        _ => throw Refusal(response),
    });

    public ControlException NotUnderstood(Exception? fault = null) =>
        new($"the coordinator at {_address} answers in a way that is not known: it may be of another fsweep than this one", fault);

    public void Dispose() => _http.Dispose();

    private T Exchange<T>(string path, string encoding, Func<HttpResponseMessage, T> read)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.AcceptEncoding.ParseAdd(encoding);
            using var response = _http.Send(request, _stop);
            return read(response);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException)
        {
            throw NotUnderstood(fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            _stop.ThrowIfCancellationRequested();
            throw new ControlException(_address.Explain(fault), fault);
        }
    }

    private static T Read<T>(HttpResponseMessage response)
    {
        using var body = Open(response);
        return JsonSerializer.Deserialize<T>(body, ControlJson.Lenient)!;
    }

    private static byte[] ReadAll(HttpResponseMessage response)
    {
        using var bytes = new MemoryStream();
        response.Content.CopyTo(bytes, null, CancellationToken.None);
        return bytes.ToArray();
    }

    private static Stream Open(HttpResponseMessage response)
    {
        var body = response.Content.ReadAsStream();
        return response.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(body, CompressionMode.Decompress) : body;
    }

    // Whatever stands between may answer in words of its own.
    private ControlException Refusal(HttpResponseMessage response)
    {
        string? said = null;
        try
        {
            said = Read<ControlAnswer?>(response)?.Message;
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException)
        {
        }
        return new ControlException(_address.Explain(response.StatusCode, said));
    }
}
