using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace FashionSweep.Serve.Benchmarks;

/// <summary>Asks a served model on some connections, each with one request at a time, at a pace or as fast as it is answered.</summary>
/// <param name="images">Of a request.</param>
/// <param name="perSecond">Requests on all connections; 0: no pace.</param>
internal sealed partial class Load(Uri address, int images, int connections, int perSecond)
{
    private readonly byte[] _request = Request(address, images);

    public Answers Run(TimeSpan duration)
    {
        var (began, all) = (Stopwatch.GetTimestamp(), new List<long>[connections]);
        var threads = Enumerable.Range(0, connections).Select(number => new Thread(() => all[number] = Ask(number, began, duration))).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return new Answers([.. all.SelectMany(times => times).Order()], Stopwatch.GetElapsedTime(began), images);
    }

    // At a pace a request's time begins when it was due: one that had to wait for the one before it was as slow as that.
    private List<long> Ask(int number, long began, TimeSpan duration)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(address.Host, address.Port);
        var (times, buffer) = (new List<long>(1 << 16), new byte[1 << 20]);
        var end = began + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var step = perSecond == 0 ? 0 : (double)Stopwatch.Frequency * connections / perSecond;
        for (var sent = 0; ; sent++)
        {
            var due = perSecond == 0 ? Stopwatch.GetTimestamp() : began + (long)((sent + ((double)number / connections)) * step);
            if (due >= end) return times;
            WaitUntil(due);
            socket.Send(_request);
            Receive(socket, buffer);
            times.Add(Stopwatch.GetTimestamp() - due);
        }
    }

    private static void Receive(Socket socket, byte[] buffer)
    {
        for (var (read, whole) = (0, int.MaxValue); read < whole;)
        {
            var more = socket.Receive(buffer.AsSpan(read));
            if (more == 0) throw new InvalidOperationException("The server closed the connection.");
            read += more;
            if (whole == int.MaxValue && buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) is >= 0 and var head)
                whole = head + 4 + LengthIn(buffer.AsSpan(0, head));
        }
    }

    private static int LengthIn(ReadOnlySpan<byte> head)
    {
        var text = Encoding.ASCII.GetString(head);
        if (!text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)) throw new InvalidOperationException(text);
        var at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase) + "Content-Length: ".Length;
        var end = text.IndexOf('\r', at);
        return int.Parse(end < 0 ? text[at..] : text[at..end], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Request(Uri address, int images)
    {
        var body = new byte[images * 784];
        new Random(1).NextBytes(body);
        var head = $"POST /v1/predict HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/octet-stream\r\nContent-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    // The runtime's own sleep has steps of a millisecond.
    private static void WaitUntil(long due)
    {
        while (due - Stopwatch.GetTimestamp() is > 0 and var left)
        {
            var time = new Time { Nanoseconds = (nint)Math.Min(left * (1_000_000_000 / Stopwatch.Frequency), 999_999_999) };
            _ = nanosleep(in time, 0);
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int nanosleep(in Time time, nint left);

    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}

/// <param name="Times">Of each request, in ticks of the stopwatch, ascending.</param>
internal sealed record Answers(IReadOnlyList<long> Times, TimeSpan Took, int Images);
