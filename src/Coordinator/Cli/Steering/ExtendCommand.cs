using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary><c>fsweep extend</c>: more of a sweep that runs or has ended.</summary>
internal static class ExtendCommand
{
    public static Command Create(IRestingSweeps resting)
    {
        var trials = CountOption.Create("--trials", "So many more trials");
        var epochs = CountOption.Create("--epochs", "Tries the best configurations again, as new trials, with so many epochs");
        var top = CountOption.Create("--top", "With --epochs: how many of the best; else all that are finished");
        var set = new Option<string[]>("--set")
        {
            Description = "What new trials draw a parameter from, as in a sweep file: 'learning_rate={min: 1e-5, max: 1}'; may be repeated. "
                + "Of a grid the new points are tried; other methods need --trials beside it",
            HelpName = "NAME=YAML",
        };
        return ControlVerb.Create(
            "extend", "Makes more of a sweep, running or finished", "./fsweep extend quickstart --trials 10", [trials, epochs, top, set],
            arguments => new SweepCommand.Extend(
                arguments.GetValue(trials), arguments.GetValue(epochs), arguments.GetValue(top), ReadParameters(arguments.GetValue(set) ?? [])),
            resting.AskAsync);
    }

    // Names and domains are read by the sweep, which knows its method.
    private static Dictionary<string, string>? ReadParameters(string[] given)
    {
        if (given.Length == 0) return null;
        var parameters = new Dictionary<string, string>();
        foreach (var text in given)
        {
            if (text.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } domain])
                throw new InputException($"--set is {text}, must be NAME=YAML, as 'learning_rate={{min: 1e-5, max: 1}}'");
            if (!parameters.TryAdd(name, domain)) throw new InputException($"--set has {name} twice, must have each parameter once");
        }
        return parameters;
    }
}
