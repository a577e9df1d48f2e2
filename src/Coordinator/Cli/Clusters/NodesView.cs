using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary>The nodes of a cluster as people read them.</summary>
internal static class NodesView
{
    private const int TrialsShown = 3;

    /// <param name="start">What starts a node.</param>
    public static void Write(TextWriter output, Terminal terminal, IReadOnlyList<NodeStatus> nodes, string start)
    {
        var console = terminal.On(output);
        console.WriteLine();
        if (nodes.Count == 0)
        {
            console.MarkupLineInterpolated($"No node is connected. Start one: [cyan]{start}[/]");
            return;
        }
        var (taken, slots) = (nodes.Sum(node => node.Running.Count), nodes.Sum(node => node.Slots));
        console.MarkupLineInterpolated($"{Count(nodes.Count, "node")}, {taken} of {Count(slots, "slot")} in work");
        console.WriteLine();
        List<string> Cells(Func<NodeStatus, string> cell) => [.. nodes.Select(cell)];
        List<TerminalColumn> engines = nodes.All(node => node.Engines?.Equals(EngineSet.NativeAlone) != false)
            ? []
            : [new("engines", Cells(node => (node.Engines ?? EngineSet.NativeAlone).ToString()), Numeric: false)];
        TerminalTable.Write(console, terminal,
        [
            new("node", Cells(node => node.Node), Numeric: false),
            new("state", Cells(node => EnumName(node.Activity)), Numeric: false),
            new("slots", Cells(node => string.Create(CultureInfo.InvariantCulture, $"{node.Running.Count}/{node.Slots}"))),
            new("runs", Cells(Runs), Numeric: false),
            .. engines,
            new("kernels", Cells(node => node.Kernels), Numeric: false, DropOrder: 3),
            new("processor", Cells(node => node.Processor), Numeric: false, DropOrder: 1),
            new("version", Cells(node => node.Version ?? ""), Numeric: false, DropOrder: 2),
            new("since", Cells(node => Local(node.Since)), Numeric: false, DropOrder: 4),
        ], [.. nodes.Select(node => node.Activity == NodeActivity.Working ? Style.Plain : new Style(Color.Yellow))]);
        foreach (var node in nodes.Where(node => node.Reason is not null)) console.MarkupLineInterpolated($"{node.Node} gets no more trials: {node.Reason}");
    }

    private static string EnumName(NodeActivity activity) => activity switch
    {
        NodeActivity.Working => "working",
        NodeActivity.Draining => "draining",
        NodeActivity.Aside => "put aside",
        _ => throw new InvalidOperationException($"No name for {activity}."),
    };

    private static string Runs(NodeStatus node)
    {
        var shown = string.Join(", ", node.Running.Take(TrialsShown));
        return node.Running.Count > TrialsShown ? $"{shown}, …" : shown;
    }
}
