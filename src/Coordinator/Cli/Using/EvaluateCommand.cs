using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep evaluate TRIAL</c>: scores a trial's checkpoint again on this machine.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var options = new TrialModelOptions();
        var format = FormatOption.TableOrJson();
        var command = new Command("evaluate", "Scores a trial's checkpoint again on this machine, and says if it agrees with the record");
        options.AddTo(command);
        command.Options.Add(format);
        command.SetAction(arguments => CtrlC.MayStop(
            stop => Run(options.Open(arguments, stop), arguments.GetValue(format) == "json", arguments.InvocationConfiguration, stop)));
        return command;
    }

    private static int Run(TrialModel model, bool json, InvocationConfiguration streams, CancellationToken stop)
    {
        var here = model.Inference.Environment;
        streams.Error.WriteLine($"evaluating {model.Trial.Spec.Id} on {model.Describe(model.Images.Count)}, with {here.Kernels} in {here.Precision}");
        var (score, report) = model.Inference.Evaluate(model.Part, stop);
        var (recorded, recordedReport) = RecordOf(model.Trial.Result!, model.Part);
        var evaluation = Evaluation.Of(EnumText.Of(model.Part), score, report, recorded, recordedReport);
        if (json) streams.Output.WriteLine(JsonOutput.Document(ForPrograms(model, evaluation)));
        else EvaluationView.Write(streams.Output, Terminal.Of(streams.Output), model, evaluation);
        return evaluation.Agreement == Agreement.Apart ? ExitCodes.WorkFailed : ExitCodes.Done;
    }

    // What is recorded of the training images was gathered while the weights still changed.
    private static (Score? Score, ClassificationReport? Report) RecordOf(TrialResult result, DataPart part) => part switch
    {
        DataPart.Test => (result.Test, result.TestReport),
        DataPart.Validation => (result.Validation, null),
        _ => (null, null),
    };

    private static object ForPrograms(TrialModel model, Evaluation evaluation) => new
    {
        Trial = model.Trial.Spec.Id,
        Set = model.Part,
        Images = model.Images.Count,
        evaluation.Score,
        Report = JsonReport.Of(evaluation.Report),
        evaluation.Recorded,
        evaluation.Agreement,
        model.Inference.Environment,
    };
}
