using System.Runtime.InteropServices;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Machine;
using FashionSweep.Training;

namespace FashionSweep.TrainerNode;

/// <summary>A node as a process: the protocol on stdin and stdout, everything else on stderr.</summary>
public static class NodeProgram
{
    /// <param name="createTrainer">The trainer, and the kernels it uses as in <see cref="NodeDescription"/>; a <see cref="StartException"/> is the user's to mend.</param>
    /// <returns>0 after an orderly end, 1 when the coordinator is gone, 2 when the node can't start.</returns>
    public static async Task<int> RunAsync(string[] arguments, Func<NodeOptions, (ITrainer Trainer, string Kernels)> createTrainer)
    {
        var (input, output) = (Console.OpenStandardInput(), Console.OpenStandardOutput());
        // From here on nothing but the protocol can write to stdout.
        Console.SetOut(Console.Error);
        // Ctrl-C reaches every process of the terminal, but what follows from it is the coordinator's to decide.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        try
        {
            var options = NodeOptions.Parse(arguments);
            var (trainer, kernels) = createTrainer(options);
            var node = new NodeDescription(new NodeId(options.Name), options.Slots, kernels, ThisMachine.Processor, Environment.ProcessId);
            return await WorkAsync(node, trainer, new PipeNodeTransport(input, output)).ConfigureAwait(false);
        }
        catch (StartException exception)
        {
            await Console.Error.WriteLineAsync($"fsweep-node: {exception.Message}").ConfigureAwait(false);
            return 2;
        }
    }

    private static async Task<int> WorkAsync(NodeDescription node, ITrainer trainer, PipeNodeTransport transport)
    {
        var actor = new NodeActor(node, trainer, transport, TimeProvider.System, Console.Error);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            actor.Leave();
        });
        if (await actor.RunAsync().ConfigureAwait(false) == NodeEnd.CoordinatorGone) return 1;
        // The last outcomes are still to be written.
        await transport.DisposeAsync().ConfigureAwait(false);
        return 0;
    }
}
