using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary><c>fsweep nodes</c>: the nodes that are connected, and what each runs.</summary>
internal static class NodesCommand
{
    public static Command Create()
    {
        var format = FormatOption.TableOrJson();
        var reach = new ReachOptions();
        var command = new Command("nodes", "Lists the nodes that are connected, and what each runs") { format };
        reach.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            using var coordinator = await reach.RequireAsync(arguments, cancellation);
            var (nodes, output) = ((await coordinator.StatusAsync(cancellation)).Nodes, arguments.InvocationConfiguration.Output);
            if (arguments.GetValue(format) == "json") output.WriteLine(JsonOutput.Document(nodes));
            else NodesView.Write(output, Terminal.Of(output), nodes, reach.NodeOf(arguments));
            return ExitCodes.Done;
        });
        return command;
    }
}
