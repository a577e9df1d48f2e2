using System.Diagnostics;
using System.Globalization;
using FashionSweep.Cluster.Tests;
using FashionSweep.Cluster.Tests.Chaos;
using FashionSweep.Cluster.Tests.Network;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Chaos.Benchmarks;

/// <summary>One sweep after the other on one cluster, under faults without an end; each is compared with an undisturbed run.</summary>
internal static class LongRun
{
    private const int Nodes = 3;

    public static async Task RunAsync(TimeSpan time, int seed)
    {
        using var lab = Lab.Build();
        using var fragile = new FragileCluster(lab);
        var chaos = new ChaosCluster(fragile, Nodes, Console.WriteLine);
        await chaos.Cluster.ComesUpAsync();
        var undisturbed = Undisturbed.Of(Sweeps.Many("chaos"));
        var clock = Stopwatch.StartNew();
        var trials = 0;
        for (var round = 0; clock.Elapsed < time; round++)
        {
            trials += await SurviveAsync(chaos, $"chaos-{round}", undisturbed, seed + round, time - clock.Elapsed);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{clock.Elapsed.TotalMinutes:0.0} min: {trials} trials, each recorded once with the results of an undisturbed run; "
                    + $"survived: {Account(chaos)}"));
        }
    }

    private static async Task<int> SurviveAsync(ChaosCluster chaos, string name, IReadOnlyDictionary<int, Outcome> undisturbed, int seed, TimeSpan time)
    {
        var cluster = chaos.Cluster;
        cluster.Fsweep.Release();
        await cluster.SubmitAsync(cluster.Fsweep.Write($"{name}.yaml", Sweeps.Many(name)));
        await chaos.SufferAsync(name, seed, time);
        await chaos.EndsAsync(name);
        Outcome.ShouldBeThoseOf(undisturbed, new StoreFolder(cluster.Fsweep.Store), name);
        return cluster.Read(store => store.Trials(name).Count);
    }

    private static string Account(ChaosCluster chaos) =>
        string.Join(", ", chaos.Faults.OrderBy(fault => fault.Key).Select(fault => $"{fault.Value} {fault.Key}"));
}
