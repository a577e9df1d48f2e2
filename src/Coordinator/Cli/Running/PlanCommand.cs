using System.CommandLine;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Live.Planning;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary><c>fsweep plan FILE</c>: checks a sweep file and says what it would do. Trains nothing but a moment's measurement, and changes no store.</summary>
public static class PlanCommand
{
    /// <param name="measure">Seconds of an epoch of each complete set of parameters, or null where that can't be known; else measured in a node.</param>
    public static Command Create(ParameterCatalog catalog, Func<IReadOnlyList<ParameterSet>, Task<IReadOnlyList<double>?>>? measure = null)
    {
        var given = new Argument<string>("FILE") { Description = "The sweep file" };
        var format = FormatOption.TableOrJson();
        var quick = new Option<bool>("--quick") { Description = "Don't measure how long an epoch takes here" };
        var data = DataOption.Create();
        var plugin = PluginOption.Create();
        // Whose trials and checkpoints start_from means, and whose sweeps prior does.
        var reach = new ReachOptions();
        var command = new Command("plan", "Checks a sweep file and says what it would do: how many trials, the first of them, the cost")
        {
            given,
            format,
            plugin,
            quick,
            data,
        };
        reach.AddTo(command);
        command.SetAction(async (arguments, stop) =>
        {
            var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
            var path = arguments.GetRequiredValue(given);
            var (file, own) = arguments.SweepOf(plugin, path, catalog);
            StartingPoints.Check(file, path, reach.PlaceOf(arguments), stop);
            file = PriorSweeps.LookUp(file, reach.PlaceOf(arguments), stop);
            // What keeps it from being measured is said below the plan, which is worth more.
            var unknown = new StringWriter();
            var plan = await SweepPlan.OfAsync(
                file.Spec,
                arguments.GetValue(quick) ? _ => Unmeasured : measure ?? (trials => MeasureAsync(trials, arguments.GetValue(data), own, unknown)));
            if (arguments.GetValue(format) == "json") output.WriteLine(JsonOutput.Document(PlanJson.Of(plan)));
            else new PlanView(Terminal.Of(output), output).Write(plan, path);
            await output.FlushAsync(stop);
            await error.WriteAsync(unknown.ToString());
            return ExitCodes.Done;
        });
        return command;
    }

    private static Task<IReadOnlyList<double>?> Unmeasured => Task.FromResult<IReadOnlyList<double>?>(null);

    // A plan is worth having without its time.
    private static async Task<IReadOnlyList<double>?> MeasureAsync(IReadOnlyList<ParameterSet> trials, string? data, GivenPlugin? plugin, TextWriter unknown)
    {
        try
        {
            DatasetPlaces.OfThisMachine(data).Locate();
            var engines = new EngineSet(trials.Select(trial => trial.Engine()));
            EngineFolder.Require(AppContext.BaseDirectory, engines);
            await using var timer = new EpochTimer(data, kernels: "auto", engines, plugin);
            var seconds = await timer.MeasureAsync(trials);
            if (seconds is null) await unknown.WriteLineAsync("how long it takes is not known: a few epochs take longer here than a plan may");
            return seconds;
        }
        catch (Exception fault) when (fault is NodesException or DatasetException or InputException)
        {
            await unknown.WriteLineAsync($"how long it takes is not known: {fault.Message}");
            return null;
        }
    }
}
