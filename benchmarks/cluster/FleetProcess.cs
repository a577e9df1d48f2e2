using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Transport.RabbitMq;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>A fleet in a process of its own, over a broker: so that its processor time is not the coordinator's.</summary>
internal sealed class FleetProcess : IDisposable
{
    /// <summary>The argument that makes this program a fleet.</summary>
    public const string Verb = "nodes";

    private const string Ready = "ready";

    private FleetProcess(Process process) => Process = process;

    public Process Process { get; }

    /// <summary>Returns when all nodes are connected.</summary>
    public static async Task<FleetProcess> StartAsync(Workload workload, string broker, string cluster)
    {
        string[] arguments =
        [
            typeof(FleetProcess).Assembly.Location, Verb, broker, cluster, Text(workload.Nodes), Text(workload.SlotsOfANode),
            Text(workload.TrialTime.TotalSeconds),
        ];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        if (await process.StandardOutput.ReadLineAsync() is not Ready) throw new InvalidOperationException("The nodes did not start.");
        return new FleetProcess(process);
    }

    public async Task<FleetFigures> EndAsync()
    {
        Process.StandardInput.Close();
        var said = await Process.StandardOutput.ReadToEndAsync();
        await Process.WaitForExitAsync();
        return JsonSerializer.Deserialize<FleetFigures>(said)!;
    }

    public void Dispose()
    {
        if (!Process.HasExited) Process.Kill();
        Process.Dispose();
    }

    /// <summary>The other end: what the process does.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var options = Broker.Options(arguments[1], arguments[2]);
        var fleet = new Fleet();
        await fleet.StartAsync(
            int.Parse(arguments[3], CultureInfo.InvariantCulture), int.Parse(arguments[4], CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(double.Parse(arguments[5], CultureInfo.InvariantCulture)),
            async node => (INodeTransport)await RabbitMqNodeTransport.ConnectAsync(options, node, Console.Error.WriteLine, CancellationToken.None));
        Console.WriteLine(Ready);
        await Console.In.ReadToEndAsync();
        await fleet.EndAsync();
        Console.WriteLine(JsonSerializer.Serialize(fleet.Figures));
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
