using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>One workload over one way.</summary>
internal sealed record Measurement(Workload Workload, Figures Figures, Timings Timings, FleetFigures Seen)
{
    /// <summary>Everything in this process.</summary>
    public static async Task<Measurement> InProcessAsync(Workload workload, TimeSpan syncTime)
    {
        await using var wire = new LocalWire();
        using var gate = new JoiningGate(workload.Nodes);
        var fleet = new Fleet(wire.System, gate);
        return await RunAsync(workload, work =>
        {
            // They speak when the coordinator asks them what they are, as after a welcome.
            var coordinator = wire.Open(work);
            fleet.Start(workload.Nodes, workload.SlotsOfANode, workload.TrialTime, workload.Variation, Fleet.InProcess(wire));
            fleet.Announce();
            return coordinator;
        }, new Figures(), syncTime, async () =>
        {
            await fleet.EndAsync();
            return fleet.Figures;
        });
    }

    /// <summary>Coordinator and nodes in two processes.</summary>
    public static async Task<Measurement> OverClusterAsync(Workload workload, bool isEncrypted, TimeSpan syncTime)
    {
        await using var cluster = new LoopbackCluster(isEncrypted);
        using var nodes = FleetProcess.Start(workload, cluster.Introduction);
        return await RunAsync(workload, cluster.Open, new Figures(nodes.Process), syncTime, nodes.EndAsync);
    }

    private static async Task<Measurement> RunAsync(
        Workload workload, Func<CoordinatorWork, CoordinatorRef> open, Figures figures, TimeSpan syncTime, Func<Task<FleetFigures>> end)
    {
        var folder = Directory.CreateTempSubdirectory("fsweep-bench-").FullName;
        var timings = new Timings();
        try
        {
            await CoordinatorUnderLoad.RunAsync(workload, new StoreFolder(folder), open, timings, syncTime, figures.On);
            return new Measurement(workload, figures, timings, await end());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
