using System.Runtime.InteropServices;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Machine;
using FashionSweep.TrainerNode.Remote;
using FashionSweep.Training.Kernels;

namespace FashionSweep.TrainerNode;

/// <summary>A node as a process: a child of <c>fsweep run</c>, whose first line of stdin says how to join it, or a node of a cluster.</summary>
public static class NodeProgram
{
    private const int Done = 0;
    private const int WorkFailed = 1;
    private const int WrongInput = 2;
    private const int Interrupted = 130;
    private static StopSignals? _signals;

    /// <param name="createTrainer">
    /// The trainer, and the kernels it uses as in <see cref="NodeDescription"/>; a <see cref="StartException"/> is the user's to mend.
    /// </param>
    /// <returns>
    /// 0 after an orderly end, 1 when the coordinator is gone or a trial hangs, 2 when the node can't start or is refused, 130 when it was interrupted.
    /// </returns>
    public static async Task<int> RunAsync(string[] arguments, Func<NodeOptions, (ITrainer Trainer, string Kernels)> createTrainer)
    {
        try
        {
            if (new NodeCommandLine(Environment.GetEnvironmentVariable).Parse(arguments, Console.Out) is not { } options) return Done;
            return await (options.Cluster is null ? AsChildAsync(options, createTrainer) : InClusterAsync(options, options.Cluster, createTrainer))
                .ConfigureAwait(false);
        }
        catch (UserException fault)
        {
            foreach (var line in fault.Message.Split('\n')) await Console.Error.WriteLineAsync($"fsweep-node: {line}").ConfigureAwait(false);
            return WrongInput;
        }
    }

    private static async Task<int> AsChildAsync(NodeOptions options, Func<NodeOptions, (ITrainer Trainer, string Kernels)> createTrainer)
    {
        // Ctrl-C reaches every process of the terminal, but what follows from it is the coordinator's to decide.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        // On a thread of its own: the pool has two on a small machine, and who joins needs them.
        var creating = Task.Factory.StartNew(() => createTrainer(options), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // While whoever has started it gets ready to be joined.
        var host = new NodeHost();
        await host.StartAsync().ConfigureAwait(false);
        if (await Console.In.ReadLineAsync().ConfigureAwait(false) is not { } introduction) return WorkFailed;
        // Its last words are what fsweep run shows of a node that died: no progress among them.
        var log = new NodeLog(new NodeId(options.Name), TextWriter.Null, Console.Error, TimeProvider.System);
        host.Join(new NodeId(options.Name), ClusterAccess.OfChild(introduction), log, TimeProvider.System);
        // The end of stdin is the end of who has started it, however that came.
        new Thread(() =>
        {
            while (Console.In.ReadLine() is not null) continue;
            host.Abandon();
        })
        { IsBackground = true, Name = "stdin" }.Start();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            host.Leave();
        });
        var (trainer, kernels) = await creating.ConfigureAwait(false);
        host.Begin(Describe(options, kernels), trainer);
        return await host.Ended.ConfigureAwait(false) == NodeEnd.Left ? Done : WorkFailed;
    }

    private static async Task<int> InClusterAsync(
        NodeOptions options, ClusterAccess access, Func<NodeOptions, (ITrainer Trainer, string Kernels)> createTrainer)
    {
        var signals = _signals = new StopSignals();
        var working = WorkAsync(options, access, createTrainer, signals.Leave);
        return await Task.WhenAny(working, signals.AtOnce).ConfigureAwait(false) == working ? await working.ConfigureAwait(false) : Interrupted;
    }

    private static async Task<int> WorkAsync(
        NodeOptions options, ClusterAccess access, Func<NodeOptions, (ITrainer Trainer, string Kernels)> createTrainer, CancellationToken leave)
    {
        var log = new NodeLog(new NodeId(options.Name), Console.Error, Console.Error, TimeProvider.System);
        using var cache = options.Remote is null ? null : NodeCache.Open(options.Checkpoints);
        try
        {
            var (trainer, kernels) = await Task.Run(() => createTrainer(options), leave).WaitAsync(leave).ConfigureAwait(false);
            if (options.Remote is { } remote) await CoordinatorCheck.RunAsync(remote, leave).ConfigureAwait(false);
            var host = new NodeHost();
            await host.StartAsync().ConfigureAwait(false);
            host.Join(new NodeId(options.Name), access, log, TimeProvider.System);
            host.Begin(Describe(options, kernels), trainer);
            using var leaving = leave.Register(host.Leave);
            if (await host.Ended.ConfigureAwait(false) != NodeEnd.Left) return WorkFailed;
            log.Tell("left");
            return Done;
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            log.Tell("left before it had joined");
            return Done;
        }
    }

    private static NodeDescription Describe(NodeOptions options, string kernels) => new(
        new NodeId(options.Name), options.Slots, kernels, ThisMachine.Processor, Environment.ProcessId,
        Release.Version, RuntimeInformation.FrameworkDescription, Environment.MachineName,
        options.Engines.Equals(EngineSet.NativeAlone) ? null : options.Engines);
}
