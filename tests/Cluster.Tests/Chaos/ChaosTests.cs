using System.Globalization;
using FashionSweep.Cluster.Tests.Network;

namespace FashionSweep.Cluster.Tests.Chaos;

public sealed class ChaosTests(SharedLab lab, ITestOutputHelper output)
{
    private const string SeedVariable = "FSWEEP_CHAOS_SEED";
    private const int Nodes = 3;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task EveryTrialIsRecordedOnceWithTheResultsOfAnUndisturbedRun()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable(SeedVariable) ?? "1", CultureInfo.InvariantCulture);
        output.WriteLine($"seed {seed}: {SeedVariable} sets another");
        using var fragile = lab.Cluster();
        var (cluster, chaos) = (fragile.Cluster, new ChaosCluster(fragile, Nodes, output.WriteLine));
        var file = cluster.Fsweep.Write("chaos.yaml", Sweeps.Some("chaos"));
        await cluster.ComesUpAsync();
        cluster.Fsweep.Release();
        await cluster.SubmitAsync(file);

        await chaos.SufferAsync("chaos", seed, Time);

        await chaos.EndsAsync("chaos");
        output.WriteLine(string.Join(", ", chaos.Faults.Select(fault => $"{fault.Key} {fault.Value}")));
        cluster.ShouldHaveTheResultsOf(file, "chaos");
    }
}
