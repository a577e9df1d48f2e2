using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>What a message costs the coordinator, by how many nodes there are. All of them are busy, and say what nodes say.</summary>
internal sealed class NodeCost : IAsyncDisposable
{
    /// <summary>As it is asked for on the command line.</summary>
    public const string Name = "nodes";

    private const int Signs = 50_000;

    private readonly ChannelTransport _transport = new();
    private readonly Timings _timings = new();
    private readonly List<(NodeDescription Node, INodeTransport End)> _nodes;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-bench-");
    private long _said;

    private NodeCost(int nodes) => _nodes = [.. Enumerable.Range(1, nodes).Select(Describe).Select(node => (node, _transport.Connect(node.Id)))];

    public static async Task MeasureAsync()
    {
        Console.WriteLine($"{"nodes",8}{"µs/join",10}{"µs/sign of life",17}{"µs/report",11}{"µs/announcement",17}{"KB/node",9}");
        foreach (var nodes in new[] { 100, 1_000, 10_000, 10_000 })
        {
            await using var cost = new NodeCost(nodes);
            await cost.MeasureAsync(nodes);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task MeasureAsync(int nodes)
    {
        var workload = new Workload(Name, "", nodes, 1, nodes + 1_000, 1_000, TimeSpan.FromHours(1));
        using var handOver = new CancellationTokenSource();
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        var working = CoordinatorUnderLoad.RunToHandOverAsync(workload, new StoreFolder(_folder.FullName), _transport, _timings, handOver.Token);
        var join = await CostAsync(_nodes.Select(node => (node.End, (ToCoordinator)new ToCoordinator.NodeJoined(node.Node, []))));
        var memory = GC.GetTotalMemory(forceFullCollection: true) - empty;
        var leases = await Task.WhenAll(_nodes.Select(node => LeaseAsync(node.End)));
        var sign = await CostAsync(Enumerable.Range(0, Signs).Select(number => Alive(_nodes[number % nodes])));
        var report = await CostAsync(
            Enumerable.Range(0, Math.Max(nodes, Signs)).Select(number => Report(_nodes[number % nodes].End, leases[number % nodes], (number / nodes) + 1)));
        var announcement = await CostAsync(
            _nodes.Zip(leases).Select(pair => (pair.First.End, (ToCoordinator)new ToCoordinator.NodeJoined(pair.First.Node, [pair.Second.Lease]))));
        Console.WriteLine($"{nodes,8:N0}{join,10:N1}{sign,17:N1}{report,11:N1}{announcement,17:N1}{memory / 1e3 / nodes,9:N1}");
        await handOver.CancelAsync();
        await working;
    }

    /// <returns>Microseconds of processor time for each.</returns>
    private async Task<double> CostAsync(IEnumerable<(INodeTransport End, ToCoordinator Message)> messages)
    {
        var all = messages.ToList();
        var processor = Environment.CpuUsage.TotalTime;
        foreach (var (end, message) in all) await end.SendAsync(message, CancellationToken.None);
        _said += all.Count;
        while (_timings.Heard < _said) await Task.Delay(5);
        return (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / all.Count;
    }

    private static (INodeTransport, ToCoordinator) Alive((NodeDescription Node, INodeTransport End) node) =>
        (node.End, new ToCoordinator.NodeAlive(node.Node.Id));

    private static (INodeTransport, ToCoordinator) Report(INodeTransport end, ToNode.StartTrial trial, int epoch) =>
        (end, new ToCoordinator.EpochReported(trial.Lease, FakeTrainer.Epoch(trial.Spec, epoch)));

    private static async Task<ToNode.StartTrial> LeaseAsync(INodeTransport end) => (ToNode.StartTrial)await end.Inbox.ReadAsync();

    private static NodeDescription Describe(int number) => new(
        new NodeId($"node-{number}"), 1, "oneDNN 2.6.3 avx512_core", "a processor's name", number, "0.1.0", ".NET 10.0.12", $"host-{number}");
}
