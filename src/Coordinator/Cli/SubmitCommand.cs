using System.CommandLine;
using FashionSweep.Coordinator.Control;
using FashionSweep.Coordinator.Sweeps;

namespace FashionSweep.Coordinator.Cli;

/// <summary><c>fsweep submit FILE</c>: a cluster's coordinator takes a sweep up.</summary>
internal static class SubmitCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The sweep file, as for ./fsweep run" };
        var reach = new ReachOptions();
        var command = new Command("submit", "Gives a sweep file to the coordinator of a cluster, which works on it beside its others") { file };
        reach.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            // Read here first: a fault is best said by who has the file.
            var sweep = SweepFile.Load(arguments.GetRequiredValue(file));
            foreach (var notice in SweepNotices.Of(sweep.Spec)) Console.Error.WriteLine($"{sweep.Path}: {notice}");
            using var coordinator = await reach.RequireAsync(arguments, cancellation);
            return ControlVerb.Conclude(arguments.InvocationConfiguration.Output, await coordinator.SubmitAsync(new Submission(sweep.Path, sweep.Source), cancellation));
        });
        return command;
    }
}
