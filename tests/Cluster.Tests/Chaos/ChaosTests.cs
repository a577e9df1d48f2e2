using System.Globalization;
using FashionSweep.Cluster.Tests.Network;
using FashionSweep.Shared.Tests.Transport;

namespace FashionSweep.Cluster.Tests.Chaos;

[Collection(BrokerTests.Name)]
public sealed class ChaosTests(RabbitMqBroker broker, SharedLab lab, ITestOutputHelper output)
{
    private const string SeedVariable = "FSWEEP_CHAOS_SEED";
    private const int Nodes = 3;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task EveryTrialIsRecordedOnceWithTheResultsOfAnUndisturbedRun()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable(SeedVariable) ?? "1", CultureInfo.InvariantCulture);
        output.WriteLine($"seed {seed}: {SeedVariable} sets another");
        using var fragile = await lab.ClusterAsync(broker, output.WriteLine);
        var (cluster, chaos) = (fragile.Cluster, new ChaosCluster(fragile, Nodes, output.WriteLine));
        var file = cluster.Fsweep.Write("chaos.yaml", Sweeps.Many("chaos"));
        await chaos.ComesUpAsync();
        cluster.Submit(file);

        await chaos.SufferAsync("chaos", seed, Time);

        await cluster.EndsAsync("chaos");
        output.WriteLine(string.Join(", ", chaos.Faults.Select(fault => $"{fault.Key} {fault.Value}")));
        cluster.ShouldHaveTheResultsOf(file, "chaos");
    }
}
