using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary>Words for the operator of a coordinator, between the lines of its events.</summary>
internal sealed class OperatorLog(TextWriter log)
{
    // Some of it is told by others: it must not command the operator's terminal.
    public void Say(string line) => log.WriteLine($"fsweep: {ShownText.Of(line)}");
}
