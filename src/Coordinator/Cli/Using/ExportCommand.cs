using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Using.Mlflow;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Export;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep export</c>: writes a trial's trained model or its record, or a sweep's curves, into a file of its own.</summary>
internal static class ExportCommand
{
    private const string Safetensors = "safetensors";
    private const string Onnx = "onnx";
    private const string Curves = "curves";
    private const string TensorBoard = "tensorboard";

    public static Command Create(ParameterCatalog catalog)
    {
        var trial = new Argument<string>("TRIAL")
        {
            Description = $"As quickstart/7; of the latest sweep its number will do; for {Curves} and {TensorBoard} a sweep, as quickstart",
        };
        var format = new Option<string?>("--format")
        {
            Description = "safetensors, the weights as they were saved; onnx, the whole model, from pixels of 0 to 255 to probabilities; "
                + "else what --to ends in; of a sweep curves, each epoch of each trial as CSV, or tensorboard, a folder for TensorBoard",
            HelpName = $"{Safetensors}|{Onnx}|{Curves}|{TensorBoard}",
        };
        format.OnlyOf(Safetensors, Onnx, Curves, TensorBoard);
        var record = new Option<bool>("--record")
        {
            Description = "The trial's record in place of its model: ./fsweep reproduce FILE runs it again on any machine",
        };
        var to = new Option<string?>("--to")
        {
            Description = "The file or folder to write, which must not be there yet; else one in this folder, named as what is in it",
            HelpName = "FILE",
        };
        var mlflow = new Option<Uri?>("--mlflow")
        {
            Description = "Writes a sweep to an MLflow server instead: an experiment of its name, a run for each trial that has ended; "
                + "MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and _PASSWORD, from the environment",
            HelpName = "URL",
            CustomParser = result => ParseUrl(result.Tokens[0].Value, result.AddError),
        };
        var data = DataOption.Create();
        var reach = new ReachOptions();
        var command = new Command("export", "Writes a trial's trained model, its record, or a sweep's curves into a file of its own")
        {
            trial, format, record, mlflow, to, data,
        };
        reach.AddTo(command);
        command.Validators.Add(result =>
        {
            Option[] given = [.. new Option[] { format, record, mlflow }.Where(option => result.GetResult(option) is { Implicit: false })];
            if (given.Length > 1) result.AddError($"{given[0].Name} and {given[1].Name} both say what to write: give one of them");
            if (result.GetResult(mlflow) is { Implicit: false } && result.GetResult(to) is { Implicit: false })
                result.AddError("--mlflow and --to both say where to write: give one of them");
        });
        command.SetAction(arguments => CtrlC.MayStop(stop =>
        {
            var place = reach.PlaceOf(arguments);
            var (name, output) = (arguments.GetRequiredValue(trial), arguments.InvocationConfiguration.Output);
            if (arguments.GetValue(record)) return WriteRecord(place, name, arguments.GetValue(to), output, stop);
            if (arguments.GetValue(mlflow) is { } server) return WriteRuns(place, name, server, arguments.InvocationConfiguration, stop);
            if (arguments.GetValue(format) is Curves or TensorBoard)
                return WriteSweep(place, name, catalog, arguments.GetValue(format) == Curves, arguments.GetValue(to), output, stop);
            var found = TrialCheckpoint.Find(place, name, stop);
            var (chosen, file) = Choose(arguments.GetValue(format), arguments.GetValue(to), found.Spec.Id);
            using var held = StoredModels.Hold(place, found, stop);
            held.Folder.Read(found.Result!.Checkpoint);
            if (chosen == Onnx) WriteOnnx(held, found, file, arguments.GetValue(data));
            else NewFile.Write(file, part => File.Copy(held.Folder.PathOf(found.Result!.Checkpoint), part));
            Say(output, found, chosen, file);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static (string Format, string File) Choose(string? format, string? to, TrialId trial)
    {
        var chosen = format ?? (to is null ? Safetensors : new[] { Safetensors, Onnx }.FirstOrDefault(known => Path.GetExtension(to) == $".{known}"));
        var file = NewFile.Require(to ?? Path.ChangeExtension(trial.FileName, chosen!), "--to");
        return chosen is null
            ? throw new InputException($"--to is {to}, must end in .{Safetensors} or .{Onnx} where --format doesn't say which of them to write")
            : (chosen, file);
    }

    private static int WriteRecord(IStorePlace place, string name, string? to, TextWriter output, CancellationToken stop)
    {
        var trial = TrialCheckpoint.Find(place, name, stop);
        var file = NewFile.Require(to ?? Path.ChangeExtension(trial.Spec.Id.FileName, TrialFile.Extension), "--to");
        if (!file.EndsWith(TrialFile.Extension, StringComparison.Ordinal))
            throw new InputException($"--to is {file}, must end in {TrialFile.Extension}: by that reproduce knows a record from a trial's name");
        // Beside it, not in it: who runs it again is to see that this is code.
        var plugin = StoredModels.PluginOf(trial.Spec) is { } sha256 ? TrialPlugin.Read(place, trial.Spec, sha256, stop) : null;
        var code = plugin is null ? null : NewFile.Require(Path.ChangeExtension(file, ".dll"), "--to");
        using (var records = place.Open(stop))
        {
            var written = TrialFile.Of(trial.Spec, trial.Result!, records.Epochs(trial.Spec.Id, trial.Attempt));
            NewFile.Write(file, written.Write);
        }
        if (code is not null) NewFile.Write(code, part => File.WriteAllBytes(part, plugin!.Bytes));
        output.WriteLine($"{file}: the record of {trial.Spec.Id} ({TerminalText.Bytes(new FileInfo(file).Length)})");
        if (code is not null) output.WriteLine($"{code}: the plug-in that has its model {trial.Spec.Parameters["model"]}, which is code");
        var again = $"{file}{(code is null ? "" : $" --plugin {code}")}";
        output.WriteLine($"Next: ./fsweep reproduce {again} runs it again, on any machine, and says whether the bits are the same");
        return ExitCodes.Done;
    }

    private static int WriteSweep(
        IStorePlace place, string name, ParameterCatalog catalog, bool isCurves, string? to, TextWriter output, CancellationToken stop)
    {
        using var records = place.Open(stop);
        var sweep = records.Sweep(place, name);
        var file = NewFile.Require(to ?? (isCurves ? $"{sweep.Name}-curves.csv" : $"{sweep.Name}-tensorboard"), "--to");
        var export = new SweepExport(records, Leaderboard.Of(sweep, records.FiguresOf(sweep.Name), catalog));
        if (isCurves) NewFile.Write(file, part => WriteText(part, export.WriteCurves));
        else export.WriteTensorBoard(file);
        output.WriteLine(isCurves
            ? $"{file}: each epoch of each trial of {sweep.Name} ({TerminalText.Bytes(new FileInfo(file).Length)})"
            : $"{file}: {sweep.Name} for TensorBoard, a folder for each trial");
        output.WriteLine(isCurves
            ? $"Next: in Python pandas.read_csv(\"{file}\") reads it; ./fsweep leaderboard {sweep.Name} --format csv has the trials"
            : $"Next: tensorboard --logdir {file} shows the curves, and the trials under HParams");
        return ExitCodes.Done;
    }

    private static int WriteRuns(IStorePlace place, string name, Uri server, InvocationConfiguration streams, CancellationToken stop)
    {
        using var records = place.Open(stop);
        using var client = new MlflowClient(server, Environment.GetEnvironmentVariable);
        var sweep = records.Sweep(place, name);
        var runs = new MlflowExport(client, records).WriteAsync(sweep, trial => streams.Error.WriteLine($"  {trial}"), stop).GetAwaiter().GetResult();
        streams.Output.WriteLine($"{server}: {TerminalText.Count(runs, "run")} in the experiment {sweep.Name}; the same again writes them again");
        return ExitCodes.Done;
    }

    private static Uri? ParseUrl(string text, Action<string> addError)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")) return url;
        addError($"--mlflow is {text}, must be a URL, as https://mlflow.example:5000");
        return null;
    }

    private static void WriteText(string file, Action<TextWriter> write)
    {
        using var text = new StreamWriter(file);
        write(text);
    }

    // What pixels are scaled by may depend on the data set.
    private static void WriteOnnx(HeldCheckpoint held, TrialRecord trial, string file, string? data)
    {
        StoredModels.RequireNoPlugin(trial.Spec, "ONNX has no way to write it", $"export {trial.Spec.Id} writes its weights");
        var model = RecordedModel.Read(trial.Spec, trial.Result!, held.Folder);
        var images = TrainingData.Load(data);
        var told = new Dictionary<string, string>
        {
            ["trial"] = trial.Spec.Id.ToString(),
            ["parameters"] = JsonOutput.Line(trial.Spec.Parameters),
            ["weights_sha256"] = trial.Result!.WeightsSha256,
        };
        NewFile.Write(file, part =>
        {
            using var stream = File.Create(part);
            OnnxFile.Write(stream, trial.Spec.Id.ToString(), model, images, told);
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
            : $"Next: in Python safetensors.torch.load_file(\"{file}\") reads it"
                + (Path.GetExtension(file) == $".{Safetensors}" ? $"; in a sweep file start_from: {file} trains on from it" : ""));
    }
}
