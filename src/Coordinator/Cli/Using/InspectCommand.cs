using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep inspect TRIAL</c>: what is inside a trial's model.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var options = new AskedModelOptions(otherwise: DataPart.Validation);
        var format = FormatOption.TextOrJson();
        var command = new Command("inspect", "Looks into a trial's model: each layer's weights, what its first layer looks for, and units that do nothing");
        options.AddTo(command);
        command.Options.Add(format);
        command.SetAction(arguments => CtrlC.MayStop(stop =>
        {
            var model = options.OpenTrial(arguments, stop);
            var inside = new Inside(
                model, TensorSummary.Of(model.Recorded), model.Inference.ActivityOn(model.Part, stop), FilterImage.Of(model.Recorded));
            var output = arguments.InvocationConfiguration.Output;
            if (arguments.GetValue(format) == "json") output.WriteLine(JsonOutput.Document(inside.ForPrograms()));
            else InspectView.Write(output, Terminal.Of(output), inside);
            return ExitCodes.Done;
        }));
        return command;
    }
}

/// <summary>What is inside a trial's model.</summary>
/// <param name="Activity">Of its images, layer by layer.</param>
/// <param name="Filters">Of its first layer, the greatest norm first.</param>
internal sealed record Inside(
    TrialModel Model, IReadOnlyList<TensorSummary> Tensors, IReadOnlyList<LayerActivity> Activity, IReadOnlyList<FilterImage> Filters)
{
    public object ForPrograms() => new
    {
        Trial = Model.Trial.Spec.Id,
        Model.Trial.Result!.BestEpoch,
        Tensors,
        Activity = new { Model.Set, Images = Model.Images.Count, Layers = Activity },
        Filters = Filters.Select(filter => new { filter.Unit, filter.Norm }),
    };
}
