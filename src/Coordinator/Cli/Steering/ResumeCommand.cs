using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Machine;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary><c>fsweep resume</c>: a paused sweep goes on where it is, one without a coordinator goes on here.</summary>
internal static class ResumeCommand
{
    public static Command Create(IRestingSweeps resting)
    {
        var (sweep, reach, nodes) = (ControlVerb.Sweep("./fsweep resume quickstart"), new ReachOptions(), new NodeOptions());
        var json = new Option<bool>("--json") { Description = "Print every event as one line of JSON, for programs" };
        var command = new Command("resume", "Goes on with a paused sweep, or on this machine with one that was stopped or killed") { sweep, json };
        reach.AddTo(command);
        nodes.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            var (folder, name) = (reach.FolderOf(arguments), arguments.GetRequiredValue(sweep));
            return await ControlVerb.AskRunningAsync(reach, arguments, name, new SweepCommand.Resume(), cancellation) is { } answer
                ? ControlVerb.Conclude(arguments.InvocationConfiguration.Output, answer)
                : await resting.ResumeAsync(folder, ControlVerb.Stored(folder, name), nodes.Read(arguments), arguments.GetValue(json));
        });
        return command;
    }
}
