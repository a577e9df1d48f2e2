using System.CommandLine;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary><c>fsweep node</c>: the node program in place of this one.</summary>
internal static class NodeCommand
{
    public const string Name = "node";

    /// <summary>Only what the list of verbs and completion show: the node program, which isn't known here, reads its command line itself.</summary>
    public static Command Create() => new(Name, "Trains for a cluster, until it is drained or told to end")
    {
        Taking("--join", "HOST:PORT", $"The coordinator's --cluster-address, as it has it itself: else {ClusterAddress.Variable}"),
        Taking("--name", "NAME", "What the cluster calls this node, one of its kind: else the machine and the process"),
        Taking("--slots", "N", "How many trials it trains at once: else one for each core"),
        Taking("--coordinator", "URL", "Checkpoints go to this coordinator, over HTTP: else FSWEEP_COORDINATOR"),
        Taking("--store", "DIR", "Checkpoints go into this store, which the coordinator shares: else FSWEEP_STORE"),
        Taking("--kernels", "K", "auto, onednn or managed; auto takes oneDNN where it is installed").OnlyOf("auto", "onednn", "managed"),
        Taking("--engine", "E", "Trains by this engine as well as by its own: torchsharp").OnlyOf([.. EngineNames.All]),
        Taking("--data", "DIR", "Folder of Fashion-MNIST's files: else FASHION_MNIST_DIR, else the usual places"),
        Taking("--authority", "PEM", "Who signed the coordinator's certificate: else FSWEEP_AUTHORITY, else for HTTP who the machine trusts"),
        Taking("--certificate", "PEM", "This node's certificate, of the same authority: with it the cluster is encrypted"),
        Taking("--key", "PEM", "Its key: else in the same file"),
        new Option<bool>("--insecure") { Description = "Allow other machines to be spoken to without TLS, and without a token" },
    };

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

    private static Option<string> Taking(string name, string value, string meaning) => new(name) { Description = meaning, HelpName = value };
}
