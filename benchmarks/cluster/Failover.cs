using System.Diagnostics;
using System.Threading.Channels;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Transport.RabbitMq;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>How long after the end of a node's connection its trial starts on another one: one node after the other, each with one trial.</summary>
internal sealed class Failover(Func<NodeId, Task<(INodeTransport Transport, Action Cut)>> connect)
{
    /// <summary>As it is asked for on the command line.</summary>
    public const string Name = "failover";

    public const int Losses = 50;

    private const int Seed = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // After its start a broker's coordinator does not believe in losses for some seconds.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    private readonly Channel<long> _starts = Channel.CreateUnbounded<long>();
    private readonly TaskCompletionSource _release = new();

    public static async Task<Quantiles> OverChannelsAsync()
    {
        await using var transport = new ChannelTransport();
        return await new Failover(node =>
        {
            var end = transport.Connect(node);
            return Task.FromResult<(INodeTransport, Action)>((end, () => _ = end.DisposeAsync().AsTask()));
        }).MeasureAsync(transport);
    }

    public static async Task<Quantiles> OverBrokerAsync(Broker broker)
    {
        var cluster = $"{Name}-{Guid.NewGuid():N}";
        await using var transport = await RabbitMqCoordinatorTransport.ConnectAsync(Broker.Options(broker.Address, cluster), _ => { }, CancellationToken.None);
        return await new Failover(async node =>
        {
            var cable = new Cable(broker.Port);
            return (await RabbitMqNodeTransport.ConnectAsync(Broker.Options(cable.Address, cluster), node, _ => { }, CancellationToken.None), cable.Dispose);
        }).MeasureAsync(transport);
    }

    private async Task<Quantiles> MeasureAsync(ICoordinatorTransport transport)
    {
        var folder = Directory.CreateTempSubdirectory("fsweep-bench-").FullName;
        var workload = new Workload(Name, "", Losses, 1, Losses, 1, TimeSpan.Zero);
        var coordinator = Task.Run(() => CoordinatorUnderLoad.RunAsync(workload, new StoreFolder(folder), transport, new Timings(), TimeSpan.Zero, _ => { }));
        var doomed = await Task.WhenAll(Enumerable.Range(1, Losses).Select(number => StartAsync($"doomed-{number}", slots: 1)));
        foreach (var _ in doomed) await NextStartAsync();
        var survivor = await StartAsync("survivor", slots: Losses);
        await Task.Delay(Settling);
        var spread = await CutAsync(doomed);
        _release.SetResult();
        await coordinator.WaitAsync(Patience);
        await Task.WhenAll(doomed.Append(survivor).Select(node => node.Transport.DisposeAsync().AsTask()));
        Directory.Delete(folder, recursive: true);
        return spread;
    }

    private async Task<Quantiles> CutAsync(IEnumerable<Node> doomed)
    {
        var (spread, random) = (new Spread(), new Random(Seed));
        foreach (var node in doomed)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(400)));
            var cut = Stopwatch.GetTimestamp();
            node.Cut();
            spread.Add(Stopwatch.GetElapsedTime(cut, await NextStartAsync()));
        }
        return spread.Quantiles();
    }

    private Task<long> NextStartAsync() => _starts.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private async Task<Node> StartAsync(string name, int slots)
    {
        var (transport, cut) = await connect(new NodeId(name));
        _ = Fleet.Node(new NodeId(name), slots, new FakeTrainer(TimeSpan.Zero, new Spread()) { Started = Hold }, transport).RunAsync();
        return new Node(transport, cut);
    }

    private void Hold(CancellationToken stop)
    {
        _starts.Writer.TryWrite(Stopwatch.GetTimestamp());
        _release.Task.Wait(stop);
    }

    private sealed record Node(INodeTransport Transport, Action Cut);
}
