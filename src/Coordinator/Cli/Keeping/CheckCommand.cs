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
        command.SetAction((arguments, stop) =>
        {
            var (folder, output) = (arguments.FolderOf(store), arguments.InvocationConfiguration.Output);
            var report = StoreCheck.Run(folder, new LocalPlace(folder), stop);
            foreach (var fault in report.Faults) Console.Error.WriteLine($"fsweep: {fault}");
            output.WriteLine(report.Faults.Count == 0 ? $"{folder} is whole." : $"{folder} has {TerminalText.Count(report.Faults.Count, "fault")}.");
            output.WriteLine($"  {TerminalText.Count(report.Sweeps, "sweep")}, {TerminalText.Count(report.Trials, "trial")}, "
                + $"{TerminalText.Count(report.Attempts, "attempt")}, {TerminalText.Count(report.Epochs, "epoch")}");
            output.WriteLine($"  {TerminalText.Count(report.Checkpoints, "checkpoint")} with the bytes that they were saved with, {report.Bytes / 1e6:N1} MB");
            foreach (var note in report.Notes) output.WriteLine($"  {note}");
            return Task.FromResult(report.Faults.Count == 0 ? ExitCodes.Done : ExitCodes.WorkFailed);
        });
        return command;
    }
}
