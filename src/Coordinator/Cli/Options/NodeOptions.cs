using System.CommandLine;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary>The options that say on what trials are trained, alike in every verb that trains.</summary>
internal sealed class NodeOptions
{
    private readonly Option<int?> _nodes = CountOption.Create("--nodes", "How many node processes to train on", otherwise: 1);
    private readonly Option<int?> _slots = CountOption.Create(
        "--slots", "How many trials each node trains at once; else the cores of this machine, shared out");
    private readonly Option<string> _kernels = new("--kernels")
    {
        Description = "auto, onednn or managed; auto takes oneDNN where it is installed",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string?> _data = DataOption.Create();

    public NodeOptions() => _kernels.OnlyOf("auto", "onednn", "managed");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _nodes, _slots, _kernels, _data }) command.Options.Add(option);
    }

    /// <exception cref="InputException">The machine has no room for them.</exception>
    public Chosen Read(ParseResult arguments)
    {
        var nodes = arguments.GetValue(_nodes) ?? 1;
        var slots = arguments.GetValue(_slots) ?? Math.Max(1, Environment.ProcessorCount / nodes);
        if (MachineRoom.OfThisMachine().FindFault(nodes, slots) is { } fault) throw new InputException(fault);
        return new Chosen(nodes, slots, arguments.GetValue(_kernels)!, arguments.GetValue(_data));
    }

    /// <param name="Slots">Of each node.</param>
    public sealed record Chosen(int Nodes, int Slots, string Kernels, string? Data)
    {
        public LocalNodesOptions With(string checkpoints, EngineSet engines) => new(Nodes, Slots, checkpoints, Data, Kernels, engines);
    }
}
