using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;

namespace FashionSweep.Coordinator.Cli.Keeping;

/// <summary><c>fsweep check</c>: says whether all of a store is as it was written.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var store = StoreOption.Create();
        var command = new Command("check", "Reads all of a store and says whether it is whole, also while a sweep runs") { store };
        command.SetAction(arguments => CtrlC.MayStop(stop =>
        {
            var (folder, output) = (arguments.FolderOf(store), arguments.InvocationConfiguration.Output);
            var report = StoreCheck.Run(folder, new LocalPlace(folder), stop);
            foreach (var fault in report.Faults) Console.Error.WriteLine($"fsweep: {fault}");
            output.WriteLine(report.Faults.Count == 0 ? $"{folder} is whole." : $"{folder} has {TerminalText.Count(report.Faults.Count, "fault")}.");
            output.WriteLine($"  {TerminalText.Count(report.Sweeps, "sweep")}, {TerminalText.Count(report.Trials, "trial")}, "
                + $"{TerminalText.Count(report.Attempts, "attempt")}, {TerminalText.Count(report.Epochs, "epoch")}");
            var checkpoints = TerminalText.Count(report.Checkpoints, "checkpoint");
            output.WriteLine($"  {checkpoints} with the bytes that they were saved with, {TerminalText.Bytes(report.Bytes)}");
            var free = report.FreeBytes > 0 ? $", of which {TerminalText.Bytes(report.FreeBytes)} are free and used again" : "";
            output.WriteLine($"  a database of {TerminalText.Bytes(report.DatabaseBytes)}{free}");
            foreach (var (sweep, trials) in report.BrokenOff)
                output.WriteLine($"  {sweep}: {TerminalText.Count(trials, "trial")} ran when its coordinator ended: ./fsweep resume {sweep} goes on");
            if (report.Orphans.Count > 0)
                output.WriteLine($"  {TerminalText.Count(report.Orphans.Count, "file")} of {TerminalText.Bytes(report.Orphans.Sum(file => file.Length))} in "
                    + $"{folder.Checkpoints} that nobody needs, as {report.Orphans[0].Name}");
            return report.Faults.Count == 0 ? ExitCodes.Done : ExitCodes.WorkFailed;
        }));
        return command;
    }
}
