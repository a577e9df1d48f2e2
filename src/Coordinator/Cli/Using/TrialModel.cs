using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
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
    private readonly Argument<string[]> _trials;

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

    /// <param name="trials">The fewest and the most that the verb takes; else one.</param>
    public TrialModelOptions(ArgumentArity? trials = null)
    {
        var arity = trials ?? ArgumentArity.ExactlyOne;
        var several = arity.MaximumNumberOfValues > 1 ? $"; {arity.MinimumNumberOfValues} to {arity.MaximumNumberOfValues} of them" : "";
        _trials = new("TRIAL")
        {
            Description = $"As quickstart/7; of the latest sweep its number will do{several}",
            Arity = arity,
            CustomParser = result => [.. result.Tokens.Select(token => token.Value)],
        };
        _set.OnlyOf("test", "validation", "train");
        _kernels.OnlyOf("auto", "onednn", "managed");
    }

    public void AddTo(Command command)
    {
        command.Arguments.Add(_trials);
        foreach (var option in new Option[] { _set, _kernels, _data }) command.Options.Add(option);
        _reach.AddTo(command);
    }

    /// <inheritdoc cref="OpenAll"/>
    public TrialModel Open(ParseResult arguments, CancellationToken stop) => OpenAll(arguments, stop).Single();

    /// <exception cref="InputException">There is no such trial, it has no model any more, or the kernels are not there.</exception>
    /// <exception cref="CheckpointException">A checkpoint is damaged.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public IReadOnlyList<TrialModel> OpenAll(ParseResult arguments, CancellationToken stop)
    {
        var place = PlaceOf(arguments);
        List<TrialRecord> trials = [.. arguments.GetRequiredValue(_trials).Select(name => TrialCheckpoint.Find(place, name, stop))];
        foreach (var trial in trials) TrialPlugin.RequireNone(trial.Spec);
        var images = FashionMnist.Load(arguments.GetValue(_data));
        var data = new TrainingData(images.Train, images.Test);
        var part = EnumText.Parse<DataPart>(arguments.GetRequiredValue(_set));
        return [.. trials.Select(trial => Open(place, trial, part, data, arguments.GetValue(_kernels), stop))];
    }

    public IStorePlace PlaceOf(ParseResult arguments) => _reach.PlaceOf(arguments);

    private static TrialModel Open(IStorePlace place, TrialRecord trial, DataPart part, TrainingData data, string? kernels, CancellationToken stop)
    {
        using var checkpoint = TrialCheckpoint.Hold(place, trial, stop);
        var model = RecordedModel.Read(trial.Spec, trial.Result!, checkpoint.Folder);
        var environment = trial.Result!.Environment;
        return new TrialModel(trial, new Inference(model, environment, data, new NativeEngine(Choose(kernels, environment))), part);
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
