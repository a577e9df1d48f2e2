using System.CommandLine;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli;

/// <summary><c>fsweep plan FILE</c>: checks a sweep file and says what it would do. Trains nothing and touches no store.</summary>
public static class PlanCommand
{
    /// <param name="secondsPerEpoch">Measures an epoch of a complete set of parameters on one slot, for the expected time; null prints no time.</param>
    public static Command Create(Func<ParameterSet, double>? secondsPerEpoch = null)
    {
        var file = new Argument<string>("FILE") { Description = "The sweep file" };
        var format = new Option<string>("--format") { Description = "table or json", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        var command = new Command("plan", "Checks a sweep file and says what it would do: how many trials, the first of them, the cost") { file, format };
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return Run(parsed.GetValue(file)!, parsed.GetValue(format) == "json", output, error, secondsPerEpoch);
        });
        return command;
    }

    private static int Run(string path, bool json, TextWriter output, TextWriter error, Func<ParameterSet, double>? secondsPerEpoch)
    {
        try
        {
            var plan = SweepPlan.Of(SweepFile.Load(path).Spec, secondsPerEpoch);
            if (json) PlanJson.Write(plan, output);
            else new PlanView(Terminal.Of(output), output).Write(plan, path);
            return 0;
        }
        catch (SweepFileException fault)
        {
            fault.WriteTo(error);
            return 2;
        }
    }
}
