using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace FashionSweep.Shared.Tests.Transport;

/// <summary>A RabbitMQ on ports and data of its own, with the settings of a fresh install. The benchmarks compile it, too.</summary>
public sealed class RabbitMqServer : IDisposable
{
    private const string Programs = "/usr/lib/rabbitmq/bin";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly HeldPort _plain = new(), _spare = new(), _distribution = new(), _mapper = new();
    private readonly BrokerPlace? _place;
    private Process? _start;
    private volatile bool _isOver;

    public RabbitMqServer()
        : this(null)
    {
    }

    /// <param name="place">Null: beside who starts it, on loopback.</param>
    internal RabbitMqServer(BrokerPlace? place)
    {
        _place = place;
        if (!IsInstalled) throw new InvalidOperationException("RabbitMQ is needed: sudo apt-get install rabbitmq-server");
        foreach (var name in new[] { "data", "log", "home" }) Directory.CreateDirectory(Path.Combine(Folder, name));
        File.WriteAllText(Path.Combine(Folder, "enabled_plugins"), "[].\n");
        Configure($"listeners.tcp.1 = {Host}:{Port}\n");
        if (place is not null) Configure("loopback_users = none\n");
    }

    public static bool IsInstalled => File.Exists($"{Programs}/rabbitmq-server");

    public string Host => _place?.Address ?? "127.0.0.1";

    public int Port => _plain.Number;

    /// <summary>For another listener.</summary>
    public int SparePort => _spare.Number;

    /// <summary>The broker itself, and none of the scripts that start it.</summary>
    public Process Process => Process.GetProcessById(int.Parse(File.ReadAllText(Path.Combine(Folder, "pid")), CultureInfo.InvariantCulture));

    private string Folder { get; } = Directory.CreateTempSubdirectory("fsweep-broker-").FullName;

    /// <summary>Adds lines to its <c>rabbitmq.conf</c>, which the next start reads.</summary>
    public void Configure(string lines) => File.AppendAllText(Path.Combine(Folder, "rabbitmq.conf"), lines);

    /// <summary>On the data that is there. Returns when connections are let in.</summary>
    public async Task StartAsync()
    {
        if (_isOver) throw new OperationCanceledException("It has been ended for good.");
        var start = _start = Process.Start(Command("rabbitmq-server"))!;
        _ = DrainAsync(start.StandardOutput);
        _ = DrainAsync(start.StandardError);
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            if (await IsUpAsync()) return;
            if (start.HasExited || waited.Elapsed > Patience) throw new InvalidOperationException($"The broker does not start.\n{Log()}");
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

    /// <summary>As <c>kill -9</c>.</summary>
    public void Kill()
    {
        try
        {
            using var server = Process;
            server.Kill();
            server.WaitForExit();
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It never ran, or runs no more.
        }
    }

    /// <summary>Kills also one that is just starting, and has not written its process id yet.</summary>
    public void EndForGood()
    {
        _isOver = true;
        _start?.Kill(entireProcessTree: true);
        Kill();
    }

    /// <summary>Runs one of the broker's own tools to its end.</summary>
    public async Task RunAsync(params string[] arguments)
    {
        using var tool = Process.Start(Command("rabbitmqctl", arguments))!;
        var said = await Task.WhenAll(tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync()).WaitAsync(Patience);
        await tool.WaitForExitAsync();
        if (tool.ExitCode != 0) throw new InvalidOperationException(string.Concat(said));
    }

    public void Dispose()
    {
        Kill();
        // The port mapper outlives the broker.
        using (var mapper = Process.Start(Command("/usr/bin/epmd", "-kill"))) mapper?.WaitForExit();
        Directory.Delete(Folder, recursive: true);
        foreach (var port in new[] { _plain, _spare, _distribution, _mapper }) port.Dispose();
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

    private ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Programs, program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["RABBITMQ_NODENAME"] = $"fsweep{Environment.ProcessId}@localhost",
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(Folder, "rabbitmq.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(Folder, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(Folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(Folder, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(Folder, "pid"),
            ["RABBITMQ_DIST_PORT"] = _distribution.Number.ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = _mapper.Number.ToString(CultureInfo.InvariantCulture),
            ["HOME"] = Path.Combine(Folder, "home"),
            ["LANG"] = "C.UTF-8",
            // Its tools would leave a file of megabytes where this was started.
            ["ERL_CRASH_DUMP_SECONDS"] = "0",
            ["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}",
        }) start.Environment[name] = value;
        return _place?.Enter(start) ?? start;
    }

    private string Log() => string.Join('\n', Directory.EnumerateFiles(Path.Combine(Folder, "log")).SelectMany(File.ReadLines).TakeLast(20));

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
}

/// <summary>A network of its own for a broker.</summary>
/// <param name="Enter">Changes a command so that it runs there.</param>
internal sealed record BrokerPlace(string Address, Func<ProcessStartInfo, ProcessStartInfo> Enter);
