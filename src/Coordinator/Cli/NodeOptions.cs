using System.CommandLine;
using FashionSweep.Coordinator.Nodes;

namespace FashionSweep.Coordinator.Cli;

/// <summary>The options that say on what trials are trained, alike in every verb that trains.</summary>
internal sealed class NodeOptions
{
    private readonly Option<int> _nodes = Positive("--nodes", "How many node processes to train on.", _ => 1);
    private readonly Option<int?> _slots = new("--slots") { Description = "How many trials each node trains at once; else the cores of this machine, shared out.", HelpName = "N" };
    private readonly Option<string> _kernels = new("--kernels") { Description = "auto, onednn or managed; auto takes oneDNN where it is installed.", DefaultValueFactory = _ => "auto" };

    public NodeOptions()
    {
        _kernels.AcceptOnlyFromAmong("auto", "onednn", "managed");
        _slots.Validators.Add(result =>
        {
            if (result.GetValue(_slots) < 1) result.AddError($"--slots is {result.GetValue(_slots)}, must be at least 1");
        });
    }

    private readonly Option<string?> _data = DataOption.Create();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _nodes, _slots, _kernels, _data }) command.Options.Add(option);
    }

    public Chosen Read(ParseResult arguments)
    {
        var nodes = arguments.GetValue(_nodes);
        var slots = arguments.GetValue(_slots) ?? Math.Max(1, Environment.ProcessorCount / nodes);
        return new Chosen(nodes, slots, arguments.GetValue(_kernels)!, arguments.GetValue(_data));
    }

    private static Option<int> Positive(string name, string description, Func<System.CommandLine.Parsing.ArgumentResult, int> value)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = value };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) < 1) result.AddError($"{name} is {result.GetValue(option)}, must be at least 1");
        });
        return option;
    }

    /// <param name="Slots">Of each node.</param>
    public sealed record Chosen(int Nodes, int Slots, string Kernels, string? Data)
    {
        public LocalNodesOptions With(string checkpoints) => new(Nodes, Slots, checkpoints, Data, Kernels);
    }
}
