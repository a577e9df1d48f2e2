using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Steering;
using FashionSweep.Coordinator.Live;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary><c>fsweep submit FILE</c>: a cluster's coordinator takes a sweep up.</summary>
internal static class SubmitCommand
{
    public static Command Create(ParameterCatalog catalog)
    {
        var file = new Argument<string>("FILE") { Description = "The sweep file, as for ./fsweep run" };
        var format = FormatOption.Create("text, or json for programs: under which name the sweep was taken up", "text", "json");
        var watch = new Option<bool>("--watch") { Description = "Follow it to its end as ./fsweep watch does, with its exit code" };
        var plugin = PluginOption.Create();
        var reach = new ReachOptions();
        var command = new Command("submit", "Gives a sweep file to the coordinator of a cluster, which works on it beside its others")
        {
            file, plugin, format, watch,
        };
        reach.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            // Read here first: a fault is best said by who has the file.
            var (sweep, given) = arguments.SweepOf(plugin, arguments.GetRequiredValue(file), catalog);
            foreach (var notice in SweepNotices.Of(sweep.Spec)) Console.Error.WriteLine($"{sweep.Path}: {notice}");
            using var coordinator = await reach.RequireAsync(arguments, cancellation);
            var answer = await coordinator.SubmitAsync(new Submission(sweep.Path, sweep.Source) { Plugin = given }, cancellation);
            if (!answer.Accepted) throw new InputException(answer.Message);
            var output = arguments.InvocationConfiguration.Output;
            output.WriteLine(arguments.GetValue(format) == "json" ? JsonOutput.Document(new { answer.Sweep }) : answer.Message);
            if ((await coordinator.StatusAsync(cancellation)).Nodes.Count == 0)
                Console.Error.WriteLine($"No node is connected, so nothing runs yet. Start one: {reach.NodeOf(arguments)}");
            if (!arguments.GetValue(watch)) return ExitCodes.Done;
            return await WatchCommand.FollowAsync(reach, arguments, catalog, answer.Sweep, arguments.GetValue(format) == "json" ? null : output);
        });
        return command;
    }
}
