using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep evaluate TRIAL|ENSEMBLE</c>: scores a trained model again on this machine.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var options = new AskedModelOptions(
            files: "images of your own with their classes: a folder with a folder of PNGs for each class, or an IDX file", ensembles: true);
        var format = FormatOption.TableOrJson();
        var command = new Command(
            "evaluate",
            "Scores a trial's checkpoint, or an ensemble, again on this machine: classes, calibration, fit and mistakes, and if the record says the same");
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

    private static IReadOnlyList<EpochReport>? EpochsOf(AskedModelOptions options, ParseResult arguments, AskedModel model, CancellationToken stop)
    {
        if (model is not TrialModel { Trial: var trial }) return null;
        using var records = options.PlaceOf(arguments).Open(stop);
        return records.Epochs(trial.Spec.Id, trial.Attempt);
    }

    private static Examination Examine(AskedModel model, IReadOnlyList<EpochReport>? epochs, TextWriter errors, CancellationToken stop)
    {
        if (!model.HaveClasses)
        {
            throw new InputException($"--set {model.Set}: nobody says what its images are; "
                + $"./fsweep predict {model.Argument} --set {model.Set} says what the model takes them for");
        }
        var here = model.Environment;
        errors.WriteLine($"evaluating {model.Name} on {model.Describe(model.Images.Count)}, with {here.Kernels} in {here.Precision}");
        return Examination.Of(model, epochs, stop);
    }
}
