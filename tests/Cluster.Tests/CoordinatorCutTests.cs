using System.Globalization;
using FashionSweep.Cluster.Tests.Network;

namespace FashionSweep.Cluster.Tests;

/// <summary>The coordinator can't be reached for a while, or its connections are dead at one of their ends alone.</summary>
[Collection(nameof(LabCluster))]
public sealed class CoordinatorCutTests(LabCluster standing, ITestOutputHelper output)
{
    // As long as a broken connection is not known to be one, and longer than a node may be silent.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(16);

    private LiveCluster Cluster => standing.Cluster;

    [Theory]
    [InlineData(nameof(NetworkFault.Cut))]
    [InlineData(nameof(NetworkFault.Deafened))]
    public async Task ACoordinatorThatIsCutOffLosesNoNodeAndGoesOnWhenItIsBack(string fault)
    {
        var sweep = fault.ToLowerInvariant();
        var file = await standing.TrainAsync(sweep, epochs: 6);
        var (ended, network) = (Cluster.Coordinator.ExitCodes.Count, standing.Fragile.NetworkOf(LiveCluster.CoordinatorName));

        network.Fail(Enum.Parse<NetworkFault>(fault));
        await Task.Delay(Outage);
        network.Heal();

        var healed = TimeProvider.System.GetTimestamp();
        await Cluster.EndsAsync(sweep);
        Tell($"coordinator {sweep}: its sweep is at its end", healed);
        ShouldHaveGoneOn(file, sweep, ended);
    }

    [Theory]
    [InlineData("a")]
    [InlineData(LiveCluster.CoordinatorName)]
    public async Task AConnectionThatIsDeadAtOneEndIsReplaced(string victim)
    {
        var sweep = $"half-open-{victim}";
        var file = await standing.TrainAsync(sweep, epochs: 12);
        var (ended, network, lines) = (Cluster.Coordinator.ExitCodes.Count, standing.Fragile.NetworkOf(victim), standing.Node.Lines.Count);

        network.Fail(NetworkFault.HalfOpen);
        var failed = TimeProvider.System.GetTimestamp();

        await standing.Node.SaysAsync("the link with the coordinator is in doubt", lines);
        await standing.Node.SaysAsync("is back: the coordinator answers", lines);
        Tell($"half open at {victim}: is back", failed);
        await Cluster.EndsAsync(sweep);
        ShouldHaveGoneOn(file, sweep, ended);
        network.Heal();
    }

    private void ShouldHaveGoneOn(string file, string sweep, int ended)
    {
        Cluster.Read(store => store.Attempts(new(sweep, 1))).ShouldHaveSingleItem();
        Cluster.ShouldHaveTheResultsOf(file, sweep);
        standing.Node.ExitCodes.ShouldBeEmpty();
        Cluster.Coordinator.ExitCodes.Count.ShouldBe(ended);
    }

    private void Tell(string what, long since) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what} after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:0.0} s"));
}
