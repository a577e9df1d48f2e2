using System.Diagnostics;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>How long after <c>kill -9</c> of a node's process its trial starts on another one: one process after the other, each with one trial.</summary>
internal static class Failover
{
    /// <summary>As it is asked for on the command line.</summary>
    public const string Name = "failover";

    private const int Losses = 50;

    // A trial whose node dies for the third time is set aside.
    private const int LossesOfATrial = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // A trial outlives all of this.
    private static readonly TimeSpan TrialTime = TimeSpan.FromMinutes(30);

    public static async Task<(string What, string Figures)> MeasureAsync(bool isShort, bool isEncrypted)
    {
        var (spread, losses) = (new Spread(), isShort ? LossesOfATrial : Losses);
        for (var loss = 0; loss < losses; loss += LossesOfATrial) await MeasureAsync(isEncrypted, spread);
        return ($"a killed node's trial elsewhere, {losses} losses", spread.ToString());
    }

    private static async Task MeasureAsync(bool isEncrypted, Spread spread)
    {
        await using var cluster = new LoopbackCluster(isEncrypted);
        var folder = Directory.CreateTempSubdirectory("fsweep-bench-").FullName;
        var starts = System.Threading.Channels.Channel.CreateUnbounded<(NodeId Node, long At)>();
        using var handOver = new CancellationTokenSource();
        var workload = new Workload(Name, "", 2, 1, 2, 1, TrialTime);
        var working = CoordinatorUnderLoad.RunToHandOverAsync(workload, new StoreFolder(folder), cluster.Open, new Timings(), handOver.Token, happened =>
        {
            if (happened is SweepEvent.TrialStarted started) starts.Writer.TryWrite((started.Lease.Node, Stopwatch.GetTimestamp()));
        });
        // One works for ever, so that the coordinator hears somebody; of two others one is killed, and the other one takes its place.
        using var steady = Start("steady");
        await NextAsync();
        var doomed = Start("doomed-0");
        await NextAsync();
        for (var loss = 1; loss <= LossesOfATrial; loss++)
        {
            var next = Start($"doomed-{loss}");
            await Task.Delay(TimeSpan.FromSeconds(5));
            var killed = Stopwatch.GetTimestamp();
            doomed.Process.Kill();
            spread.Add(Stopwatch.GetElapsedTime(killed, await NextAsync()));
            doomed.Dispose();
            doomed = next;
        }
        doomed.Dispose();
        await handOver.CancelAsync();
        await working;
        Directory.Delete(folder, recursive: true);

        async Task<long> NextAsync() => (await starts.Reader.ReadAsync().AsTask().WaitAsync(Patience)).At;

        FleetProcess Start(string name) => FleetProcess.Start(workload with { Nodes = 1 }, cluster.Introduction, name);
    }
}
