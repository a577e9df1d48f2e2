using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Transport.RabbitMq;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>One workload over one transport.</summary>
internal sealed record Measurement(Workload Workload, Figures Figures, Timings Timings, FleetFigures Fleet)
{
    /// <summary>Everything in this process.</summary>
    public static async Task<Measurement> OverChannelsAsync(Workload workload, TimeSpan syncTime)
    {
        await using var transport = new ChannelTransport();
        var fleet = new Fleet();
        await fleet.StartAsync(workload.Nodes, workload.SlotsOfANode, workload.TrialTime, node => Task.FromResult(transport.Connect(node)));
        var (figures, timings) = await RunAsync(workload, transport, new Figures(), syncTime);
        await fleet.EndAsync();
        return new Measurement(workload, figures, timings, fleet.Figures);
    }

    /// <summary>Coordinator, broker and nodes in three processes.</summary>
    public static async Task<Measurement> OverBrokerAsync(Workload workload, Broker broker, TimeSpan syncTime)
    {
        var cluster = $"{workload.Name}-{Guid.NewGuid():N}";
        await using var transport = await RabbitMqCoordinatorTransport.ConnectAsync(
            Broker.Options(broker.Address, cluster), Console.Error.WriteLine, CancellationToken.None);
        using var nodes = await FleetProcess.StartAsync(workload, broker.Address, cluster);
        using var server = broker.Process;
        var (figures, timings) = await RunAsync(workload, transport, new Figures(server, nodes.Process), syncTime);
        return new Measurement(workload, figures, timings, await nodes.EndAsync());
    }

    private static async Task<(Figures, Timings)> RunAsync(Workload workload, ICoordinatorTransport transport, Figures figures, TimeSpan syncTime)
    {
        var folder = Directory.CreateTempSubdirectory("fsweep-bench-").FullName;
        var timings = new Timings();
        try
        {
            await CoordinatorUnderLoad.RunAsync(workload, new StoreFolder(folder), transport, timings, syncTime, figures.On);
            return (figures, timings);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
