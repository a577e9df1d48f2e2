using System.Runtime.InteropServices;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Transport.RabbitMq;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Machine;
using FashionSweep.TrainerNode.Remote;
using FashionSweep.Training.Kernels;

namespace FashionSweep.TrainerNode;

/// <summary>A node as a process: a child of <c>fsweep run</c>, with the protocol on stdin and stdout, or one of a cluster, on its broker.</summary>
public static class NodeProgram
{
    private const int Done = 0;
    private const int WorkFailed = 1;
    private const int WrongInput = 2;
    private const int Interrupted = 130;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

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
            return await (options.Broker is null ? OnPipesAsync(options, createTrainer) : OnBrokerAsync(options, options.Broker, createTrainer))
                .ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is StartException or BrokerException or RefusedException)
        {
            foreach (var line in fault.Message.Split('\n')) await Console.Error.WriteLineAsync($"fsweep-node: {line}").ConfigureAwait(false);
            return WrongInput;
        }
    }

    private static async Task<int> OnPipesAsync(NodeOptions options, Func<NodeOptions, (ITrainer Trainer, string Kernels)> createTrainer)
    {
        var (input, output) = (Console.OpenStandardInput(), Console.OpenStandardOutput());
        // From here on nothing but the protocol can write to stdout.
        Console.SetOut(Console.Error);
        // Ctrl-C reaches every process of the terminal, but what follows from it is the coordinator's to decide.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        var (trainer, kernels) = createTrainer(options);
        var node = Describe(options, kernels);
        var transport = new PipeNodeTransport(input, output);
        // Its last words are what fsweep run shows of a node that died: no progress among them.
        var actor = new NodeActor(node, trainer, transport, TimeProvider.System, new NodeLog(node.Id, TextWriter.Null, Console.Error, TimeProvider.System));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            actor.Leave();
        });
        var end = await actor.RunAsync().ConfigureAwait(false);
        if (end == NodeEnd.CoordinatorGone) return WorkFailed;
        // The last outcomes are still to be written.
        await transport.DisposeAsync().ConfigureAwait(false);
        return end == NodeEnd.Left ? Done : WorkFailed;
    }

    private static async Task<int> OnBrokerAsync(
        NodeOptions options, RabbitMqOptions broker, Func<NodeOptions, (ITrainer Trainer, string Kernels)> createTrainer)
    {
        var signals = _signals = new StopSignals();
        var working = WorkOnBrokerAsync(options, broker, createTrainer, signals.Leave);
        return await Task.WhenAny(working, signals.AtOnce).ConfigureAwait(false) == working ? await working.ConfigureAwait(false) : Interrupted;
    }

    private static async Task<int> WorkOnBrokerAsync(
        NodeOptions options, RabbitMqOptions broker, Func<NodeOptions, (ITrainer Trainer, string Kernels)> createTrainer, CancellationToken leave)
    {
        var log = new NodeLog(new NodeId(options.Name), Console.Error, Console.Error, TimeProvider.System);
        using var cache = options.Remote is null ? null : NodeCache.Open(options.Checkpoints);
        try
        {
            var (trainer, kernels) = await Task.Run(() => createTrainer(options), leave).WaitAsync(leave).ConfigureAwait(false);
            if (options.Remote is { } remote) await CoordinatorCheck.RunAsync(remote, leave).ConfigureAwait(false);
            var node = Describe(options, kernels);
            var transport = await RabbitMqNodeTransport.ConnectAsync(broker, node.Id, log.Tell, leave).ConfigureAwait(false);
            await using (transport.ConfigureAwait(false))
            {
                _ = WarnOfSilenceAsync(transport, broker, log, leave);
                log.Tell($"joined cluster={broker.Cluster} broker={broker.Broker.Host} slots={node.Slots} kernels=\"{node.Kernels}\" version={node.Version}");
                return await WorkAsync(new NodeActor(node, trainer, transport, TimeProvider.System, log), log, leave).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            log.Tell("left before it had joined");
            return Done;
        }
    }

    // A node of a cluster that nobody coordinates looks as if all were well.
    private static async Task WarnOfSilenceAsync(RabbitMqNodeTransport transport, RabbitMqOptions broker, NodeLog log, CancellationToken leave)
    {
        await Task.Delay(Patience, leave).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!transport.HasHeard && !leave.IsCancellationRequested)
            log.Warn(
                $"waits: no coordinator of cluster {broker.Cluster} is heard at this broker. Start one, or give this node the --cluster of the one that runs");
    }

    private static async Task<int> WorkAsync(NodeActor actor, NodeLog log, CancellationToken leave)
    {
        using var leaving = leave.Register(actor.Leave);
        switch (await actor.RunAsync().ConfigureAwait(false))
        {
            case NodeEnd.Left:
                log.Tell("left");
                return Done;
            case NodeEnd.CoordinatorGone:
                log.Warn("the coordinator has ended for good: nobody is left to train for");
                return WorkFailed;
            default:
                return WorkFailed;
        }
    }

    private static NodeDescription Describe(NodeOptions options, string kernels) => new(
        new NodeId(options.Name), options.Slots, kernels, ThisMachine.Processor, Environment.ProcessId,
        Release.Version, RuntimeInformation.FrameworkDescription, Environment.MachineName);
}
