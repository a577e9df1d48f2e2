using System.Diagnostics;
using FashionSweep.Shared.Tests.Transport;
using FashionSweep.Shared.Transport.RabbitMq;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>The broker of the benchmarks.</summary>
internal sealed class Broker : IDisposable
{
    private readonly RabbitMqServer _server = new();

    private Broker()
    {
    }

    public string Address => $"amqp://127.0.0.1:{Port}";

    public int Port => _server.Port;

    public Process Process => _server.Process;

    public static async Task<Broker> StartAsync()
    {
        var broker = new Broker();
        await broker._server.StartAsync();
        return broker;
    }

    public static RabbitMqOptions Options(string address, string cluster) =>
        RabbitMqOptions.Parse(address, cluster, new TlsFiles(), insecure: false, _ => null);

    public void Dispose() => _server.Dispose();
}
