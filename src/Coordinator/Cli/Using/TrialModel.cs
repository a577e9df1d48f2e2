using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>A trial's model and the images that it is to look at.</summary>
internal sealed record TrialModel(TrialRecord Trial, Inference Inference, DataPart Part)
{
    public IReadOnlyList<int> Images { get; } = Inference.ImagesOf(Part);

    /// <summary>As <c>10,000 test images</c>.</summary>
    public string Describe(int images) => TerminalText.Count(images, $"{NameOf(Part)} image");

    public static string NameOf(DataPart part) => part == DataPart.Train ? "training" : EnumText.Of(part);
}

/// <summary>What says which model and which images, alike in every verb that uses a trained model.</summary>
internal sealed class TrialModelOptions
{
    private readonly Argument<string> _trial = new("TRIAL") { Description = "As quickstart/7; of the latest sweep its number will do" };

    private readonly Option<string> _set = new("--set")
    {
        Description = "test; validation, the images that the trial was ranked by; or train, those that it learned from",
        HelpName = "test|validation|train",
        DefaultValueFactory = _ => "test",
    };

    private readonly Option<string?> _kernels = new("--kernels")
    {
        Description = "auto, onednn or managed; else those of the record where they are installed",
        HelpName = "KERNELS",
    };
    private readonly Option<string?> _data = DataOption.Create();
    private readonly ReachOptions _reach = new();

    public TrialModelOptions()
    {
        _set.OnlyOf("test", "validation", "train");
        _kernels.OnlyOf("auto", "onednn", "managed");
    }

    public void AddTo(Command command)
    {
        command.Arguments.Add(_trial);
        foreach (var option in new Option[] { _set, _kernels, _data }) command.Options.Add(option);
        _reach.AddTo(command);
    }

    /// <exception cref="InputException">There is no such trial, it has no model any more, or the kernels are not there.</exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public TrialModel Open(ParseResult arguments, CancellationToken stop)
    {
        var place = _reach.PlaceOf(arguments);
        var trial = TrialCheckpoint.Find(place, arguments.GetRequiredValue(_trial), stop);
        if (trial.Spec.Parameters[OwnModel.Parameter] is not null)
            throw new InputException(
                $"{trial.Spec.Id} is of model {trial.Spec.Parameters["model"]}, a plug-in's, which this verb's engine can't make: "
                + $"./fsweep show {trial.Spec.Id} has its scores, and ./fsweep export {trial.Spec.Id} its weights");
        using var checkpoint = TrialCheckpoint.Hold(place, trial, stop);
        var images = FashionMnist.Load(arguments.GetValue(_data));
        var inference = new Inference(
            trial.Spec, trial.Result!, checkpoint.Folder, new TrainingData(images.Train, images.Test),
            new NativeEngine(Choose(arguments.GetValue(_kernels), trial.Result!.Environment)));
        return new TrialModel(trial, inference, EnumText.Parse<DataPart>(arguments.GetRequiredValue(_set)));
    }

    private static KernelSet Choose(string? asked, TrialEnvironment recorded)
    {
        try
        {
            return KernelSet.Choose(Enum.Parse<KernelChoice>(asked ?? (recorded.HasManagedKernels() ? "managed" : "auto"), ignoreCase: true));
        }
        catch (KernelException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }
}
