using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Akka.Actor;
using FashionSweep.Shared.Cluster;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>A <see cref="Fleet"/> in a process of its own, as the nodes of a cluster are.</summary>
internal sealed class FleetProcess : IDisposable
{
    /// <summary>The argument that makes this program a fleet.</summary>
    public const string Verb = "nodes";

    private const int JoiningAtOnce = 8;

    private FleetProcess(Process process) => Process = process;

    public Process Process { get; }

    /// <param name="introduction">As a child of <c>fsweep run</c> gets it, or an address where nothing is encrypted.</param>
    /// <param name="name">Of the nodes: numbers follow it.</param>
    public static FleetProcess Start(Workload workload, string introduction, string name = "node")
    {
        string[] arguments =
        [
            typeof(FleetProcess).Assembly.Location, Verb, Text(workload.Nodes), Text(workload.SlotsOfANode), Text(workload.TrialTime.TotalSeconds),
            Text(workload.Variation), name,
        ];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardInput.WriteLine(introduction);
        process.StandardInput.Flush();
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
        var introduction = (await Console.In.ReadLineAsync())!;
        var access = introduction.Contains(' ', StringComparison.Ordinal)
            ? ClusterAccess.OfChild(introduction)
            : new ClusterAccess(ClusterAddress.Parse(introduction, "stdin"), null);
        // To make a system takes threads of the pool, which would add one in half a second.
        ThreadPool.SetMinThreads(2 * JoiningAtOnce, 2 * JoiningAtOnce);
        using var gate = new JoiningGate(JoiningAtOnce);
        var fleet = new Fleet(ActorSystem.Create("fleet", ClusterConfig.Local), gate);
        fleet.Start(
            int.Parse(arguments[1], CultureInfo.InvariantCulture), int.Parse(arguments[2], CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(double.Parse(arguments[3], CultureInfo.InvariantCulture)), double.Parse(arguments[4], CultureInfo.InvariantCulture),
            Fleet.OverCluster(access), arguments[5]);
        await Console.In.ReadToEndAsync();
        await fleet.EndAsync();
        Console.WriteLine(JsonSerializer.Serialize(fleet.Figures));
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
