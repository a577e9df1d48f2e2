using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep evaluate TRIAL</c>: scores a trial's checkpoint again on this machine.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var options = new TrialModelOptions(files: "images of your own with their classes: a folder with a folder of PNGs for each class, or an IDX file");
        var format = FormatOption.TableOrJson();
        var command = new Command(
            "evaluate", "Scores a trial's checkpoint again on this machine: classes, calibration, fit and mistakes, and if the record says the same");
        options.AddTo(command);
        command.Options.Add(format);
        command.SetAction(arguments => CtrlC.MayStop(stop =>
        {
            var model = options.Open(arguments, stop);
            var examination = Examine(model, EpochsOf(options, arguments, model, stop), arguments.InvocationConfiguration.Error, stop);
            var output = arguments.InvocationConfiguration.Output;
            if (arguments.GetValue(format) == "json") output.WriteLine(JsonOutput.Document(examination.ForPrograms()));
            else EvaluationView.Write(output, Terminal.Of(output), examination);
            return examination.Evaluation.Agreement == Agreement.Apart ? ExitCodes.WorkFailed : ExitCodes.Done;
        }));
        return command;
    }

    private static IReadOnlyList<EpochReport> EpochsOf(TrialModelOptions options, ParseResult arguments, TrialModel model, CancellationToken stop)
    {
        using var records = options.PlaceOf(arguments).Open(stop);
        return records.Epochs(model.Trial.Spec.Id, model.Trial.Attempt);
    }

    private static Examination Examine(TrialModel model, IReadOnlyList<EpochReport> epochs, TextWriter errors, CancellationToken stop)
    {
        if (!model.HaveClasses)
        {
            throw new InputException($"--set {model.Set}: nobody says what its images are; "
                + $"./fsweep predict {model.Trial.Spec.Id} --set {model.Set} says what the model takes them for");
        }
        var here = model.Inference.Environment;
        errors.WriteLine($"evaluating {model.Trial.Spec.Id} on {model.Describe(model.Images.Count)}, with {here.Kernels} in {here.Precision}");
        return Examination.Of(model, epochs, stop);
    }
}
