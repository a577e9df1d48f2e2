using System.Net;
using System.Net.Sockets;
using System.Text;
using FashionSweep.Coordinator.Web;
using Microsoft.AspNetCore.Builder;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>Connections that keep their places and do nothing with them: all are closed, and nothing of them is held.</summary>
public sealed class SlowFloodTests(CertificateFolder certificates) : IClassFixture<CertificateFolder>
{
    private const int Connections = 200;

    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(1.5);

    private static readonly string[] Said =
    [
        "", "GET /hel", "GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "PUT /body HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50000\r\n\r\n{",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AFloodThatIsOverHoldsNoDescriptor(bool isEncrypted)
    {
        if (!OperatingSystem.IsLinux()) return;
        var (certificate, key) = isEncrypted ? (certificates.Files.Coordinator.Certificate, certificates.Files.Coordinator.Key) : (null, null);
        var options = WebOptions.Parse(isEncrypted ? "https://127.0.0.1:0" : "http://127.0.0.1:0", certificate, key, insecure: false, _ => null);
        await using var listener = await WebListener.StartAsync(
            options, routes => routes.MapPut("/body", context => context.Request.Body.CopyToAsync(Stream.Null)), _ => { },
            WebServer.Coordinator with { Patience = new WebPatience(Brief, Brief, Brief, Brief) });
        var before = SocketsHeldBy(listener.Address.Port);

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(number => FloodAsync(listener.Address.Port, Said[number % Said.Length])));

        for (var waited = 0; waited < 1000 && SocketsHeldBy(listener.Address.Port) > before; waited++) await Task.Delay(50);
        SocketsHeldBy(listener.Address.Port).ShouldBe(before);
    }

    // Until the other end hangs up.
    private static async Task FloodAsync(int port, string said)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        try
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(said));
            var buffer = new byte[4096];
            while (await client.GetStream().ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // It hung up without a word.
        }
    }

    // By the kernel's table: other tests of this process have sockets of their own.
    private static int SocketsHeldBy(int port) => File.ReadLines("/proc/self/net/tcp")
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Count(fields => fields is [_, var local, _, not "06", ..] && local.EndsWith($":{port:X4}", StringComparison.Ordinal));
}
