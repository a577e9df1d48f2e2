using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FashionSweep.Shared.Transport.RabbitMq;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>A RabbitMQ of its own, on ports and data of its own, with the settings of a fresh install.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private const string Programs = "/usr/lib/rabbitmq/bin";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("fsweep-bench-broker-").FullName;
    private readonly int[] _ports = [.. FreePorts(3)];

    private Broker()
    {
    }

    public static bool IsInstalled => File.Exists($"{Programs}/rabbitmq-server");

    public string Address => $"amqp://127.0.0.1:{Port}";

    public int Port => _ports[0];

    /// <summary>The broker itself, and none of the scripts that start it.</summary>
    public Process Process => Process.GetProcessById(int.Parse(File.ReadAllText(Path.Combine(_folder, "pid")), CultureInfo.InvariantCulture));

    public static async Task<Broker> StartAsync()
    {
        var broker = new Broker();
        foreach (var name in new[] { "data", "log", "home" }) Directory.CreateDirectory(Path.Combine(broker._folder, name));
        await File.WriteAllTextAsync(Path.Combine(broker._folder, "enabled_plugins"), "[].\n");
        await File.WriteAllTextAsync(Path.Combine(broker._folder, "rabbitmq.conf"), $"listeners.tcp.1 = 127.0.0.1:{broker.Port}\n");
        using var server = broker.Run("rabbitmq-server");
        _ = server.StandardOutput.ReadToEndAsync();
        _ = server.StandardError.ReadToEndAsync();
        await using var first = await RabbitMqCoordinatorTransport.ConnectAsync(Options(broker.Address, "first") with { StartPatience = Patience }, _ => { }, CancellationToken.None);
        return broker;
    }

    public static RabbitMqOptions Options(string address, string cluster) => RabbitMqOptions.Parse(address, cluster, new TlsFiles(), insecure: false, _ => null);

    public async ValueTask DisposeAsync()
    {
        using (var server = Process)
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
        // The port mapper outlives the broker.
        using (var mapper = Run("/usr/bin/epmd", "-kill")) await mapper.WaitForExitAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Programs, program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["RABBITMQ_NODENAME"] = $"fsweep-bench{Environment.ProcessId}@localhost",
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
            ["RABBITMQ_DIST_PORT"] = _ports[1].ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = _ports[2].ToString(CultureInfo.InvariantCulture),
            ["HOME"] = Path.Combine(_folder, "home"),
            ["LANG"] = "C.UTF-8",
            ["ERL_CRASH_DUMP_SECONDS"] = "0",
            ["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}",
        }) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static List<int> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }
}
