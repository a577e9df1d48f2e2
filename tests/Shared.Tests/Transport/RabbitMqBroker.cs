using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using FashionSweep.Shared.Transport.RabbitMq;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace FashionSweep.Shared.Tests.Transport;

[CollectionDefinition(Name)]
public sealed class BrokerTests : ICollectionFixture<RabbitMqBroker>
{
    public const string Name = "broker";
}

/// <summary>A broker of its own, on ports and data of its own. One for all tests, one after the other: some of them kill it.</summary>
public sealed class RabbitMqBroker : IAsyncLifetime
{
    private const string Programs = "/usr/lib/rabbitmq/bin";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("fsweep-broker-").FullName;
    private readonly int[] _ports = FreePorts(4);
    private readonly BrokerPlace? _place;

    // Else .NET 10 ends upon it at once, and what this has started stays.
    private readonly PosixSignalRegistration _terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
    {
        signal.Cancel = true;
        Environment.Exit(143);
    });

    private Process? _server;
    private volatile bool _isOver;

    public RabbitMqBroker()
        : this(null)
    {
    }

    /// <param name="place">Null: beside the tests, on loopback.</param>
    internal RabbitMqBroker(BrokerPlace? place)
    {
        _place = place;
        Certificates = new RabbitMqCertificates(Path.Combine(_folder, "tls"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndForGood();
    }

    public string Host => _place?.Address ?? "127.0.0.1";

    public int Port => _ports[0];

    public int TlsPort => _ports[1];

    internal RabbitMqCertificates Certificates { get; }

    /// <summary>Of a cluster that no other test uses.</summary>
    public RabbitMqOptions Options(string? cluster = null, int? port = null) =>
        RabbitMqOptions.Parse($"amqp://127.0.0.1:{port ?? Port}", cluster ?? $"t{Guid.NewGuid():N}", new TlsFiles(), insecure: false, _ => null);

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists($"{Programs}/rabbitmq-server"))
            throw new InvalidOperationException("These tests need RabbitMQ: sudo apt-get install rabbitmq-server");
        foreach (var name in new[] { "data", "log", "home" }) Directory.CreateDirectory(Path.Combine(_folder, name));
        await File.WriteAllTextAsync(Path.Combine(_folder, "enabled_plugins"), "[].\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = {Host}:{Port}
            listeners.ssl.1 = {Host}:{TlsPort}
            {(_place is null ? "" : "loopback_users = none")}
            ssl_options.cacertfile = {Certificates.Authority}
            ssl_options.certfile = {Certificates.Broker.Certificate}
            ssl_options.keyfile = {Certificates.Broker.Key}
            ssl_options.verify = verify_peer
            ssl_options.fail_if_no_peer_cert = true
            disk_free_limit.absolute = 50MB

            """);
        await StartAsync();
    }

    /// <summary>On the data that is there. Returns when connections are let in.</summary>
    public async Task StartAsync()
    {
        if (_isOver) throw new OperationCanceledException("The tests are over.");
        var server = _server = Process.Start(Command("rabbitmq-server"))!;
        _ = DrainAsync(server.StandardOutput);
        _ = DrainAsync(server.StandardError);
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            if (await IsUpAsync()) return;
            if (server.HasExited || waited.Elapsed > Patience) throw new InvalidOperationException($"The broker does not start.\n{Log()}");
        }
    }

    /// <summary>
    /// RabbitMQ 3.10 writes the registry of its quorum queues to disk every three minutes only: killed sooner, it knows of a new queue and its messages, but
    /// never gives it a leader again. This is what three minutes do.
    /// </summary>
    public Task WriteRegistryAsync() => RunAsync("eval", "[dets:sync(Table) || Table <- dets:all()].");

    /// <summary>As <c>kill -9</c>.</summary>
    public void Kill()
    {
        try
        {
            using var server = Process.GetProcessById(int.Parse(File.ReadAllText(Path.Combine(_folder, "pid")), CultureInfo.InvariantCulture));
            server.Kill();
            server.WaitForExit();
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It never ran, or runs no more.
        }
    }

    /// <summary>A connection beside the transports', for what they would never send.</summary>
    public Task<IConnection> ConnectAsync() => new ConnectionFactory
    {
        HostName = "127.0.0.1",
        Port = Port,
        AutomaticRecoveryEnabled = false,
        MaxInboundMessageBodySize = 128 << 20,
    }.CreateConnectionAsync();

    /// <summary>Runs one of the broker's own tools to its end.</summary>
    public async Task RunAsync(params string[] arguments)
    {
        using var tool = Process.Start(Command("rabbitmqctl", arguments))!;
        var said = await Task.WhenAll(tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync()).WaitAsync(Patience);
        await tool.WaitForExitAsync();
        tool.ExitCode.ShouldBe(0, string.Concat(said));
    }

    public ValueTask DisposeAsync()
    {
        _terminated.Dispose();
        Kill();
        // The port mapper outlives the broker.
        using (var mapper = Process.Start(Command("/usr/bin/epmd", "-kill"))) mapper?.WaitForExit();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<bool> IsUpAsync()
    {
        if (_place is not null) return await HasPortAsync();
        try
        {
            await using var connection = await ConnectAsync();
            return true;
        }
        catch (BrokerUnreachableException)
        {
            return false;
        }
    }

    // From where it runs: nobody else may reach it. The port is opened last.
    private async Task<bool> HasPortAsync()
    {
        using var asking = Process.Start(Command("/bin/bash", "-c", $"exec 3<>/dev/tcp/{Host}/{Port}"))!;
        await asking.WaitForExitAsync();
        return asking.ExitCode == 0;
    }

    // Also one that is just starting, and has not written its process id yet.
    private void EndForGood()
    {
        _isOver = true;
        _server?.Kill(entireProcessTree: true);
        Kill();
    }

    private ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Programs, program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["RABBITMQ_NODENAME"] = $"fsweep{Environment.ProcessId}@localhost",
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
            ["RABBITMQ_DIST_PORT"] = _ports[2].ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = _ports[3].ToString(CultureInfo.InvariantCulture),
            ["HOME"] = Path.Combine(_folder, "home"),
            ["LANG"] = "C.UTF-8",
            // Its tools would leave a file of megabytes where the tests were started.
            ["ERL_CRASH_DUMP_SECONDS"] = "0",
            ["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}",
        }) start.Environment[name] = value;
        return _place?.Enter(start) ?? start;
    }

    private string Log() => string.Join('\n', Directory.EnumerateFiles(Path.Combine(_folder, "log")).SelectMany(File.ReadLines).TakeLast(20));

    private static async Task DrainAsync(StreamReader output)
    {
        try
        {
            while (await output.ReadLineAsync() is not null)
            {
            }
        }
        catch (ObjectDisposedException)
        {
            // The broker runs on, and nobody listens.
        }
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }
}

/// <summary>A network of its own for a broker.</summary>
/// <param name="Enter">Changes a command so that it runs there.</param>
internal sealed record BrokerPlace(string Address, Func<ProcessStartInfo, ProcessStartInfo> Enter);
