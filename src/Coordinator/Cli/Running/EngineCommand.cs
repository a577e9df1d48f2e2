using System.CommandLine;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary><c>fsweep engine [NAME]</c>: which engines are here. One that is named is got by <c>./fsweep</c>, before it starts this.</summary>
internal static class EngineCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "Gets this one, where it is not here: torchsharp", DefaultValueFactory = _ => null };
        name.CompletionSources.Add([.. EngineNames.All]);
        var command = new Command("engine", "Lists the engines that are on this machine, and gets one") { name };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(name) is { } asked)
            {
                if (!EngineNames.All.Contains(asked)) throw new InputException($"NAME is '{asked}', must be {string.Join(" or ", EngineNames.All)}");
                EngineFolder.Require(AppContext.BaseDirectory, new EngineSet([asked]));
            }
            var (here, output) = (EngineFolder.In(AppContext.BaseDirectory), arguments.InvocationConfiguration.Output);
            foreach (var engine in EngineNames.All)
                output.WriteLine($"{engine,-12}{(here.Has(engine) ? "here" : $"not here: ./fsweep engine {engine} gets it")}");
            return ExitCodes.Done;
        });
        return command;
    }
}
