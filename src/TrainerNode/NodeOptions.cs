using System.CommandLine;
using System.CommandLine.Parsing;

namespace FashionSweep.TrainerNode;

/// <summary>What a node is told on its command line.</summary>
/// <param name="Checkpoints">Folder to write them into.</param>
/// <param name="Data">The data set's folder, or null for the usual places.</param>
/// <param name="Kernels">auto, onednn or managed.</param>
public sealed record NodeOptions(string Name, int Slots, string Checkpoints, string? Data, string Kernels)
{
    /// <exception cref="StartException">An argument is unknown, missing or wrong: all faults at once.</exception>
    public static NodeOptions Parse(IReadOnlyList<string> arguments)
    {
        var name = new Option<string>("--name") { Required = true };
        var slots = new Option<int>("--slots") { Required = true };
        var checkpoints = new Option<string>("--checkpoints") { Required = true };
        var data = new Option<string?>("--data");
        var kernels = new Option<string>("--kernels") { DefaultValueFactory = _ => "auto" };
        name.Validators.Add(NotEmpty);
        checkpoints.Validators.Add(NotEmpty);
        slots.Validators.Add(AtLeastOne);
        kernels.AcceptOnlyFromAmong("auto", "onednn", "managed");

        // A plain command: the root's own options, such as --version, are for people, and none of them starts a node.
        var parsed = new Command("fsweep-node") { name, slots, checkpoints, data, kernels }.Parse(arguments);
        if (parsed.Errors.Count > 0) throw new StartException(string.Join('\n', parsed.Errors.Select(error => error.Message)));
        return new NodeOptions(
            parsed.GetRequiredValue(name), parsed.GetRequiredValue(slots), parsed.GetRequiredValue(checkpoints), parsed.GetValue(data), parsed.GetRequiredValue(kernels));
    }

    private static void NotEmpty(OptionResult option)
    {
        if (option.Tokens is [{ Value: "" }]) option.AddError($"{option.Option.Name} is empty.");
    }

    private static void AtLeastOne(OptionResult option)
    {
        if (option.Tokens is [var token] && int.TryParse(token.Value, out var slots) && slots < 1) option.AddError($"{option.Option.Name} is {slots}, must be at least 1.");
    }
}

/// <summary>The node can't start as it was told to; the message says why. The program ends with exit code 2.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
