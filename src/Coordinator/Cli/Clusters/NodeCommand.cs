using System.CommandLine;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Cli.Output;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary><c>fsweep node</c>: the node program in place of this one.</summary>
internal static class NodeCommand
{
    public const string Name = "node";

    /// <summary>Only what the list of verbs shows.</summary>
    public static Command Create() => new(Name, "Trains for a cluster, until it is drained or told to end");

    public static int Become(IReadOnlyList<string> arguments)
    {
        try
        {
            return NodeFile.Become(arguments);
        }
        catch (NodesException fault)
        {
            Console.Error.WriteLine($"fsweep: {fault.Message}");
            return ExitCodes.WorkFailed;
        }
    }
}
