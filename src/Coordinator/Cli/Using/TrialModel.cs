using System.CommandLine;
using System.CommandLine.Parsing;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results.Pictures;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Names;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Networks;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>A trial's model and the images that it is to look at.</summary>
/// <param name="Recorded">Its weights, and what they are the weights of.</param>
/// <param name="Files">A user's images, which stand in place of a part; else null.</param>
internal sealed record TrialModel(
    TrialRecord Trial, RecordedModel Recorded, Inference Inference, TrainingData Data, DataPart Part, ImageFiles? Files)
{
    public IReadOnlyList<int> Images { get; } = Files is null ? Inference.ImagesOf(Part) : [.. Enumerable.Range(0, Files.Images.Count)];

    /// <summary>What <c>--set</c> names.</summary>
    public string Set => Files?.Path ?? EnumText.Of(Part);

    public bool HaveClasses => Files is null or { HaveClasses: true };

    /// <summary>As <c>10,000 test images</c>.</summary>
    public string Describe(int images) =>
        Files is null ? TerminalText.Count(images, $"{NameOf(Part)} image") : $"{TerminalText.Count(images, "image")} of {Files.Path}";

    /// <inheritdoc cref="Inference.Evaluate(DataPart, CancellationToken, Action{Prediction}?)"/>
    public (Score Score, ClassificationReport Report) Evaluate(Action<Prediction> predicted, CancellationToken stop) =>
        Files is null ? Inference.Evaluate(Part, stop, predicted) : Inference.Evaluate(Files.Images, stop, predicted);

    public IReadOnlyList<Prediction> Predict(IReadOnlyList<int> images, CancellationToken stop) =>
        Files is null ? Inference.Predict(Part, images, stop) : Inference.Predict(Files.Images, images, stop);

    public string NameOf(int image) => Files?.Names[image] ?? Picture.NumberText(image);

    public Picture PictureOf(Prediction one)
    {
        var images = Files?.Images ?? (Part == DataPart.Test ? Data.Test : Data.Train);
        return new Picture(images.Picture(one.Image), NameOf(one.Image), HaveClasses ? one.Truth : null, one.Probabilities);
    }

    public static string NameOf(DataPart part) => part == DataPart.Train ? "training" : EnumText.Of(part);
}

/// <summary>What says which model and which images, alike in every verb that uses a trained model.</summary>
internal sealed class TrialModelOptions
{
    private readonly Argument<string[]> _trials;

    private static readonly string[] Parts = ["test", "validation", "train"];

    private readonly Option<string> _set;

    private readonly Option<string?> _kernels = RecordedKernels.Option();
    private readonly Option<string?> _data = DataOption.Create();
    private readonly ReachOptions _reach = new();

    /// <param name="trials">The fewest and the most that the verb takes; else one.</param>
    /// <param name="otherwise">The images where nothing is given.</param>
    /// <param name="files">What it takes of images in files, to go on from <c>or</c>; null where it takes none.</param>
    public TrialModelOptions(ArgumentArity? trials = null, DataPart otherwise = DataPart.Test, string? files = null)
    {
        var arity = trials ?? ArgumentArity.ExactlyOne;
        var several = arity.MaximumNumberOfValues > 1 ? $"; {arity.MinimumNumberOfValues} to {arity.MaximumNumberOfValues} of them" : "";
        _trials = new("TRIAL")
        {
            Description = $"As quickstart/7; of the latest sweep its number will do{several}",
            Arity = arity,
            CustomParser = result => [.. result.Tokens.Select(token => token.Value)],
        };
        _set = new("--set")
        {
            Description = "test; validation, the images that the trial was ranked by; "
                + (files is null ? "or train, those that it learned from" : $"train, those that it learned from; or {files}"),
            HelpName = string.Join('|', files is null ? Parts : [.. Parts, "PATH"]),
            DefaultValueFactory = _ => EnumText.Of(otherwise),
        };
        if (files is null)
        {
            _set.OnlyOf(Parts);
            return;
        }
        _set.CompletionSources.Add(Parts);
        _set.Validators.Add(RequirePartOrPath);
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
        var set = arguments.GetRequiredValue(_set);
        var files = Parts.Contains(set) ? null : ImageFiles.Read(set);
        if (files?.OnLightGround is { } light and > 0)
        {
            arguments.InvocationConfiguration.Error.WriteLine($"{set}: {TerminalText.Count(light, "image")} on a light ground: "
                + "Fashion-MNIST's garments are bright on black, so invert such ones for an answer that counts");
        }
        var part = files is null ? EnumText.Parse<DataPart>(set) : DataPart.Test;
        return [.. trials.Select(Open)];

        TrialModel Open(TrialRecord trial)
        {
            var (model, environment) = (TrialCheckpoint.Read(place, trial, stop), trial.Result!.Environment);
            var inference = new Inference(model, environment, data, new NativeEngine(RecordedKernels.Choose(arguments.GetValue(_kernels), environment)));
            return new TrialModel(trial, model, inference, data, part, files);
        }
    }

    public IStorePlace PlaceOf(ParseResult arguments) => _reach.PlaceOf(arguments);

    private static void RequirePartOrPath(OptionResult result)
    {
        foreach (var set in result.Tokens.Select(token => token.Value).Where(set => !Parts.Contains(set) && !Path.Exists(set)))
            result.AddError($"--set is {set}, must be {Suggestion.Rule(Parts)} or the path of images that are there{Suggestion.For(set, Parts)}");
    }
}
