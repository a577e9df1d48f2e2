using System.Runtime.InteropServices;
using FashionSweep.Shared.Transport.RabbitMq;
using RabbitMQ.Client;

namespace FashionSweep.Shared.Tests.Transport;

[CollectionDefinition(Name)]
public sealed class BrokerTests : ICollectionFixture<RabbitMqBroker>
{
    public const string Name = "broker";
}

/// <summary>One broker for all tests, one after the other: some of them kill it.</summary>
public sealed class RabbitMqBroker : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-tls-");
    private readonly RabbitMqServer _server;

    // Else .NET 10 ends upon it at once, and what this has started stays.
    private readonly PosixSignalRegistration _terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
    {
        signal.Cancel = true;
        Environment.Exit(143);
    });

    public RabbitMqBroker()
        : this(null)
    {
    }

    /// <param name="place">Null: beside the tests, on loopback.</param>
    internal RabbitMqBroker(BrokerPlace? place)
    {
        _server = new RabbitMqServer(place);
        Certificates = new RabbitMqCertificates(_folder.FullName);
        _server.Configure($"""
            listeners.ssl.1 = {Host}:{TlsPort}
            ssl_options.cacertfile = {Certificates.Authority}
            ssl_options.certfile = {Certificates.Broker.Certificate}
            ssl_options.keyfile = {Certificates.Broker.Key}
            ssl_options.verify = verify_peer
            ssl_options.fail_if_no_peer_cert = true
            disk_free_limit.absolute = 50MB

            """);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _server.EndForGood();
    }

    public string Host => _server.Host;

    public int Port => _server.Port;

    public int TlsPort => _server.SparePort;

    internal RabbitMqCertificates Certificates { get; }

    /// <summary>Of a cluster that no other test uses.</summary>
    public RabbitMqOptions Options(string? cluster = null, int? port = null) =>
        RabbitMqOptions.Parse($"amqp://127.0.0.1:{port ?? Port}", cluster ?? $"t{Guid.NewGuid():N}", new TlsFiles(), insecure: false, _ => null);

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <inheritdoc cref="RabbitMqServer.StartAsync"/>
    public Task StartAsync() => _server.StartAsync();

    /// <summary>
    /// RabbitMQ 3.10 writes the registry of its quorum queues to disk every three minutes only: killed sooner, it knows of a new queue and its messages, but
    /// never gives it a leader again. This is what three minutes do.
    /// </summary>
    public Task WriteRegistryAsync() => RunAsync("eval", "[dets:sync(Table) || Table <- dets:all()].");

    /// <inheritdoc cref="RabbitMqServer.Kill"/>
    public void Kill() => _server.Kill();

    /// <inheritdoc cref="RabbitMqServer.ConnectAsync"/>
    public Task<IConnection> ConnectAsync() => _server.ConnectAsync();

    /// <inheritdoc cref="RabbitMqServer.RunAsync"/>
    public Task RunAsync(params string[] arguments) => _server.RunAsync(arguments);

    public ValueTask DisposeAsync()
    {
        _terminated.Dispose();
        _server.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
