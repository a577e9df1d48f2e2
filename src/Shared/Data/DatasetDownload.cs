using System.Net;
using System.Net.Sockets;

namespace FashionSweep.Shared.Data;

/// <summary>Fills a folder with the four files. A file that is there and right stays; one gets its name only when it was verified.</summary>
/// <param name="from">The address of the folder that holds them.</param>
/// <param name="patience">A server that sends nothing for so long is given up.</param>
public sealed class DatasetDownload(HttpClient http, Uri from, string folder, TimeSpan patience)
{
    /// <summary>The data set's own address. It has no TLS: the checksums stand in for it.</summary>
    public const string Source = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";

    // The largest of the four is 27 MB.
    private const long MostBytes = 64 << 20;
    // A file whose connection breaks is asked for again: servers close idle ones, also while the file before is being written.
    private const int Attempts = 3;
    private const string Remedy = "Check the network and the proxy (http_proxy), or name another source with --from.";
    private readonly Uri _from = from.AbsoluteUri.EndsWith('/') ? from : new Uri(from.AbsoluteUri + '/');
    private readonly DatasetPlace _place = new(folder, "--to");

    /// <exception cref="DatasetException">A file can't be had, or is not what was published; those before it stay.</exception>
    public async Task RunAsync(Action<DownloadProgress> report, CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in DatasetFile.All) await FetchAsync(file, report, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{folder} can't be written: {e.Message}\nName another folder with --to.", e);
        }
    }

    private async Task FetchAsync(DatasetFile file, Action<DownloadProgress> report, CancellationToken cancel)
    {
        var there = IdxFile.Read(file, _place.PathOf(file));
        if (there.Fault is null)
        {
            report(new DownloadProgress.Kept(file, there.Bytes));
            return;
        }

        var part = Path.Combine(folder, $".{file.Name}.{Guid.NewGuid():N}.part");
        try
        {
            var bytes = await ReceiveAsync(file, part, report, Attempts, cancel);
            if (IdxFile.Read(file, part).Fault is { } fault)
                throw new DatasetException($"{AddressOf(file)} {fault}.\nNothing was kept of it. Try again, or name another source with --from.");
            File.Move(part, _place.PathOf(file), overwrite: true);
            report(new DownloadProgress.Placed(file, bytes));
        }
        finally
        {
            File.Delete(part);
        }
    }

    private async Task<long> ReceiveAsync(DatasetFile file, string part, Action<DownloadProgress> report, int attempts, CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        silence.CancelAfter(patience);
        try
        {
            using var response = await http.GetAsync(AddressOf(file), HttpCompletionOption.ResponseHeadersRead, silence.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                throw Unreachable(file, $"answers {(int)response.StatusCode} {response.ReasonPhrase}");
            await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
            return await CopyAsync(file, body, part, bytes =>
            {
                silence.CancelAfter(patience);
                report(new DownloadProgress.Received(file, bytes, response.Content.Headers.ContentLength));
            }, silence.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw Unreachable(file, $"was silent for {patience.TotalSeconds:0.#} s", e);
        }
        catch (Exception e) when (attempts > 1 && BrokeOff(e))
        {
            return await ReceiveAsync(file, part, report, attempts - 1, cancel);
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(file, $"can't be reached: {e.Message}", e);
        }
        catch (IOException e) when (BrokeOff(e))
        {
            throw Unreachable(file, $"broke off: {e.Message}", e);
        }
    }

    private async Task<long> CopyAsync(DatasetFile file, Stream body, string part, Action<long> received, CancellationToken cancel)
    {
        await using var target = new FileStream(part, FileMode.Create, FileAccess.Write);
        var buffer = new byte[1 << 16];
        for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0;)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), cancel);
            if (target.Position > MostBytes) throw Unreachable(file, $"sends more than {MostBytes:N0} bytes");
            received(target.Position);
        }
        target.Flush(flushToDisk: true);
        return target.Length;
    }

    // A connection that stood. One that could not be made is no such case: who asks again at once gets the same answer.
    private static bool BrokeOff(Exception e) => e switch
    {
        HttpRequestException request => request.InnerException is IOException inner && BrokeOff(inner),
        HttpIOException => true,
        IOException => e.InnerException is SocketException,
        _ => false,
    };

    private Uri AddressOf(DatasetFile file) => new(_from, file.Name);

    private DatasetException Unreachable(DatasetFile file, string fault, Exception? inner = null) => new($"{AddressOf(file)} {fault}.\n{Remedy}", inner);
}

/// <summary>How far a file is.</summary>
public abstract record DownloadProgress(DatasetFile File, long Bytes)
{
    /// <summary>It was there already, and right.</summary>
    public sealed record Kept(DatasetFile File, long Bytes) : DownloadProgress(File, Bytes);

    /// <param name="Total">Null where the server doesn't say.</param>
    public sealed record Received(DatasetFile File, long Bytes, long? Total) : DownloadProgress(File, Bytes);

    /// <summary>Verified, and under its name.</summary>
    public sealed record Placed(DatasetFile File, long Bytes) : DownloadProgress(File, Bytes);
}
