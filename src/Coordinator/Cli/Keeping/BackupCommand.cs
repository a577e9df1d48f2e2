using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Coordinator.Cli.Keeping;

/// <summary><c>fsweep backup</c>: a copy of a store that is whole, also while a sweep runs.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "A new folder for the copy; it is a store like any other, to be read with --store DIR" };
        var reach = new ReachOptions();
        var command = new Command("backup", "Copies a store with its checkpoints, also while a sweep runs") { folder };
        reach.AddTo(command);
        command.SetAction(arguments => CtrlC.MayStop(stop =>
        {
            var (place, to, output) = (reach.PlaceOf(arguments), new StoreFolder(arguments.GetRequiredValue(folder)), arguments.InvocationConfiguration.Output);
            var (checkpoints, lost) = StoreCopy.Make(place, to, stop);
            foreach (var trial in lost)
                Console.Error.WriteLine($"fsweep: the checkpoint of {trial} is lost and not in the copy: ./fsweep reproduce {trial} --restore makes it again");
            output.WriteLine($"{place} is copied, with {TerminalText.Count(checkpoints, "checkpoint")}. Next: ./fsweep leaderboard --store {to}");
            return lost.Count == 0 ? ExitCodes.Done : ExitCodes.WorkFailed;
        }));
        return command;
    }
}
