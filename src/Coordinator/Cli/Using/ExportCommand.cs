using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep export TRIAL</c>: writes a trial's checkpoint into a file of its own.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var trial = new Argument<string>("TRIAL") { Description = "As quickstart/7; of the latest sweep its number will do" };
        var to = new Option<string?>("--to")
        {
            Description = "The file to write, which must not be there yet; else SWEEP-NUMBER.safetensors in this folder",
            HelpName = "FILE",
        };
        var reach = new ReachOptions();
        var command = new Command("export", "Writes a trial's trained weights into a .safetensors file of its own") { trial, to };
        reach.AddTo(command);
        command.SetAction(arguments => CtrlC.MayStop(stop =>
        {
            var place = reach.PlaceOf(arguments);
            var found = TrialCheckpoint.Find(place, arguments.GetRequiredValue(trial), stop);
            var file = Require(arguments.GetValue(to) ?? found.Spec.Id.FileName);
            Write(place, found, file, stop);
            Say(arguments.InvocationConfiguration.Output, found, file);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static string Require(string file)
    {
        if (file.Length == 0) throw new InputException("--to is empty, must be the name of a file");
        if (Path.Exists(file)) throw new InputException($"{file}: is there already, and is not written over: name another file with --to FILE");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file));
        return Directory.Exists(folder) ? file : throw new InputException($"{file}: there is no folder {folder}");
    }

    // There as a whole or not at all, and never in the place of one that came meanwhile.
    private static void Write(IStorePlace place, TrialRecord trial, string file, CancellationToken stop)
    {
        using var held = TrialCheckpoint.Hold(place, trial, stop);
        held.Folder.Read(trial.Result!.Checkpoint);
        var part = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            File.Copy(held.Folder.PathOf(trial.Result!.Checkpoint), part);
            File.Move(part, file);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static void Say(TextWriter output, TrialRecord trial, string file)
    {
        var result = trial.Result!;
        output.WriteLine($"{file}: the weights of {trial.Spec.Id} after its best epoch, {result.BestEpoch} of {result.Epochs} "
            + $"({TerminalText.Bytes(result.Checkpoint.Bytes)}, sha256 {result.Checkpoint.Sha256})");
        output.WriteLine($"Next: in Python safetensors.torch.load_file(\"{file}\") reads it; in a sweep file start_from: {file} trains on from it");
    }
}
