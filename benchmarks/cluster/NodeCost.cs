using System.Threading.Channels;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>What a message costs the coordinator, by how many nodes there are. All of them are busy, and say what nodes say.</summary>
internal sealed class NodeCost : IAsyncDisposable
{
    /// <summary>As it is asked for on the command line.</summary>
    public const string Name = "nodes";

    private const int Signs = 50_000;

    private readonly LocalWire _wire = new();
    private readonly List<End> _nodes;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-bench-");
    private long _said;

    private NodeCost(int nodes)
    {
        _nodes = [.. Enumerable.Range(1, nodes).Select(Describe).Select(node => new End(node))];
        foreach (var node in _nodes) _wire.Connect(node.Node.Id, order => node.Orders.Writer.TryWrite(order));
    }

    public static async Task MeasureAsync()
    {
        Console.WriteLine($"{"nodes",8}{"µs/join",10}{"µs/report",11}{"µs/announcement",17}{"KB/node",9}");
        foreach (var nodes in new[] { 100, 1_000, 10_000, 10_000 })
        {
            await using var cost = new NodeCost(nodes);
            await cost.MeasureAsync(nodes);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task MeasureAsync(int nodes)
    {
        var workload = new Workload(Name, "", nodes, 1, nodes + 1_000, 1_000, TimeSpan.FromHours(1));
        using var handOver = new CancellationTokenSource();
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        var working = CoordinatorUnderLoad.RunToHandOverAsync(workload, new StoreFolder(_folder.FullName), _wire.Open, new Timings(), handOver.Token);
        var join = await CostAsync(_nodes.Select(node => (node, (ToCoordinator)new ToCoordinator.NodeJoined(node.Node, []))));
        var memory = GC.GetTotalMemory(forceFullCollection: true) - empty;
        var leases = await Task.WhenAll(_nodes.Select(async node => (ToNode.StartTrial)await node.Orders.Reader.ReadAsync()));
        var report = await CostAsync(
            Enumerable.Range(0, Math.Max(nodes, Signs)).Select(number => Report(_nodes[number % nodes], leases[number % nodes], (number / nodes) + 1)));
        var announcement = await CostAsync(
            _nodes.Zip(leases).Select(pair => (pair.First, (ToCoordinator)new ToCoordinator.NodeJoined(pair.First.Node, [pair.Second.Lease]))));
        Console.WriteLine($"{nodes,8:N0}{join,10:N1}{report,11:N1}{announcement,17:N1}{memory / 1e3 / nodes,9:N1}");
        await handOver.CancelAsync();
        await working;
    }

    /// <returns>Microseconds of processor time for each.</returns>
    private async Task<double> CostAsync(IEnumerable<(End Node, ToCoordinator Message)> messages)
    {
        var all = messages.ToList();
        var processor = Environment.CpuUsage.TotalTime;
        foreach (var (node, message) in all) _wire.Say(node.Node.Id, ++node.Said, message);
        _said += all.Count;
        while (_wire.Saved < _said) await Task.Delay(5);
        return (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / all.Count;
    }

    private static (End, ToCoordinator) Report(End node, ToNode.StartTrial trial, int epoch) =>
        (node, new ToCoordinator.EpochReported(trial.Lease, FakeTrainer.Epoch(trial.Spec, epoch)));

    private static NodeDescription Describe(int number) => new(
        new NodeId($"node-{number}"), 1, "oneDNN 2.6.3 avx512_core", "a processor's name", number, "0.1.0", ".NET 10.0.12", $"host-{number}");

    private sealed record End(NodeDescription Node)
    {
        public Channel<ToNode> Orders { get; } = Channel.CreateUnbounded<ToNode>();

        public long Said { get; set; }
    }
}
