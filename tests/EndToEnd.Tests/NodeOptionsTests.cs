using System.CommandLine;
using FashionSweep.Coordinator.Cli.Clusters;
using FashionSweep.TrainerNode;

namespace FashionSweep.EndToEnd.Tests;

public sealed class NodeOptionsTests
{
    /// <summary>The coordinator's program completes the node's options, and doesn't know the node's code.</summary>
    [Fact]
    public void CompletionKnowsTheNodesOptionsAsTheNodeSaysThem() =>
        Said(NodeCommand.Create()).ShouldBe(Said(new NodeCommandLine(_ => null).Create().Subcommands.Single()));

    private static IEnumerable<string> Said(Command command) => command.Options
        .Where(option => !option.Hidden && option.Name != "--help")
        .Select(option => $"{option.Name} {option.HelpName}: {option.Description}");
}
