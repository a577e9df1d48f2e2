using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Steering;
using FashionSweep.Search.Names;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary><c>fsweep drain NODE</c>: a node finishes what it has, and leaves.</summary>
internal static class DrainCommand
{
    public static Command Create()
    {
        var node = new Argument<string>("NODE") { Description = "Name of the node, as ./fsweep nodes lists it" };
        var reach = new ReachOptions();
        var command = new Command("drain", "Has a node finish the trials that it has, and leave") { node };
        reach.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            using var coordinator = await reach.RequireAsync(arguments, cancellation);
            var asked = arguments.GetRequiredValue(node);
            var connected = (await coordinator.StatusAsync(cancellation)).Nodes.Select(known => known.Node).ToList();
            if (connected.Count > 0 && !connected.Contains(asked))
                throw new InputException($"no node {asked} is connected{Suggestion.OrAll(asked, connected)}");
            return ControlVerb.Conclude(arguments.InvocationConfiguration.Output, await coordinator.DrainAsync(asked, cancellation));
        });
        return command;
    }
}
