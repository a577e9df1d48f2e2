using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Export;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep export TRIAL</c>: writes a trial's trained model into a file of its own.</summary>
internal static class ExportCommand
{
    private const string Safetensors = "safetensors";
    private const string Onnx = "onnx";

    public static Command Create()
    {
        var trial = new Argument<string>("TRIAL") { Description = "As quickstart/7; of the latest sweep its number will do" };
        var format = new Option<string?>("--format")
        {
            Description = "safetensors, the weights as they were saved; onnx, the whole model, from pixels of 0 to 255 to probabilities; "
                + "else what --to ends in",
            HelpName = $"{Safetensors}|{Onnx}",
        };
        format.OnlyOf(Safetensors, Onnx);
        var to = new Option<string?>("--to")
        {
            Description = "The file to write, which must not be there yet; else SWEEP-NUMBER and the format in this folder",
            HelpName = "FILE",
        };
        var data = DataOption.Create();
        var reach = new ReachOptions();
        var command = new Command("export", "Writes a trial's trained model into a file of its own, as safetensors or ONNX") { trial, format, to, data };
        reach.AddTo(command);
        command.SetAction(arguments => CtrlC.MayStop(stop =>
        {
            var place = reach.PlaceOf(arguments);
            var found = TrialCheckpoint.Find(place, arguments.GetRequiredValue(trial), stop);
            var (chosen, file) = Choose(arguments.GetValue(format), arguments.GetValue(to), found.Spec.Id);
            using var held = TrialCheckpoint.Hold(place, found, stop);
            held.Folder.Read(found.Result!.Checkpoint);
            if (chosen == Onnx) WriteOnnx(held, found, file, arguments.GetValue(data));
            else NewFile.Write(file, part => File.Copy(held.Folder.PathOf(found.Result!.Checkpoint), part));
            Say(arguments.InvocationConfiguration.Output, found, chosen, file);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static (string Format, string File) Choose(string? format, string? to, TrialId trial)
    {
        var chosen = format ?? (Path.GetExtension(to) == $".{Onnx}" ? Onnx : Safetensors);
        return (chosen, NewFile.Require(to ?? Path.ChangeExtension(trial.FileName, chosen), "--to"));
    }

    // What pixels are scaled by may depend on the data set.
    private static void WriteOnnx(HeldCheckpoint held, TrialRecord trial, string file, string? data)
    {
        TrialPlugin.RequireNone(trial.Spec);
        var model = RecordedModel.Read(trial.Spec, trial.Result!, held.Folder);
        var images = FashionMnist.Load(data);
        var told = new Dictionary<string, string>
        {
            ["trial"] = trial.Spec.Id.ToString(),
            ["parameters"] = JsonOutput.Line(trial.Spec.Parameters),
            ["weights_sha256"] = trial.Result!.WeightsSha256,
        };
        NewFile.Write(file, part =>
        {
            using var stream = File.Create(part);
            OnnxFile.Write(stream, trial.Spec.Id.ToString(), model, new TrainingData(images.Train, images.Test), told);
        });
    }

    private static void Say(TextWriter output, TrialRecord trial, string format, string file)
    {
        var result = trial.Result!;
        var what = format == Onnx ? "the model" : "the weights";
        var bytes = TerminalText.Bytes(new FileInfo(file).Length);
        output.WriteLine($"{file}: {what} of {trial.Spec.Id} after its best epoch, {result.BestEpoch} of {result.Epochs} ({bytes}"
            + (format == Onnx ? ")" : $", sha256 {result.Checkpoint.Sha256})"));
        output.WriteLine(format == Onnx
            ? $"Next: in Python onnxruntime.InferenceSession(\"{file}\") runs it on pixels [images, 28, 28] of 0 to 255, as uint8"
            : $"Next: in Python safetensors.torch.load_file(\"{file}\") reads it; in a sweep file start_from: {file} trains on from it");
    }
}
