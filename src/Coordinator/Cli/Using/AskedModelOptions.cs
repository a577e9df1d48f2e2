using System.CommandLine;
using System.CommandLine.Parsing;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Names;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>What says which model and which images, alike in every verb that uses a trained model.</summary>
internal sealed class AskedModelOptions
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
    /// <param name="ensembles">Whether an ensemble will do as well.</param>
    public AskedModelOptions(ArgumentArity? trials = null, DataPart otherwise = DataPart.Test, string? files = null, bool ensembles = false)
    {
        var arity = trials ?? ArgumentArity.ExactlyOne;
        var several = arity.MaximumNumberOfValues > 1 ? $"; {arity.MinimumNumberOfValues} to {arity.MaximumNumberOfValues} of them" : "";
        var ensemble = ensembles ? $"; or an ensemble's file, NAME{EnsembleFile.Ending}" : "";
        _trials = new("TRIAL")
        {
            Description = $"As quickstart/7; of the latest sweep its number will do{several}{ensemble}",
            Arity = new ArgumentArity(1, arity.MaximumNumberOfValues),
            CustomParser = result => [.. result.Tokens.Select(token => token.Value)],
        };
        _trials.Validators.Add(result => RequireEnough(result, arity));
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

    /// <summary>A trial's model, or an ensemble's where its file is named.</summary>
    /// <exception cref="InputException">
    /// There is no such trial or file, a trial has no model any more, members of an ensemble have other validation images, or the kernels are not there.
    /// </exception>
    /// <exception cref="CheckpointException">A checkpoint is damaged.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public AskedModel Open(ParseResult arguments, CancellationToken stop)
    {
        var name = arguments.GetRequiredValue(_trials).Single();
        return EnsembleFile.IsNamed(name) ? OpenEnsemble(name, arguments, stop) : OpenTrial(arguments, stop);
    }

    /// <inheritdoc cref="OpenTrials"/>
    public TrialModel OpenTrial(ParseResult arguments, CancellationToken stop) => OpenTrials(arguments, stop).Single();

    /// <exception cref="InputException">There is no such trial, it has no model any more, or the kernels are not there.</exception>
    /// <exception cref="CheckpointException">A checkpoint is damaged.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public IReadOnlyList<TrialModel> OpenTrials(ParseResult arguments, CancellationToken stop)
    {
        var place = PlaceOf(arguments);
        List<TrialRecord> trials = [.. arguments.GetRequiredValue(_trials).Select(name => TrialCheckpoint.Find(place, name, stop))];
        var engines = EnginesOf(arguments);
        engines.Require(trials);
        var (data, part, files) = ReadImages(arguments);
        return
        [
            .. trials.Select(trial =>
            {
                var member = engines.Read(trial, stop);
                return new TrialModel(trial, member.Model, Open(member, data), data, part, files);
            }),
        ];
    }

    public IStorePlace PlaceOf(ParseResult arguments) => _reach.PlaceOf(arguments);

    private EnsembleModel OpenEnsemble(string file, ParseResult arguments, CancellationToken stop)
    {
        var ensemble = EnsembleFile.Read(file);
        var members = EnsembleMembers.Read(PlaceOf(arguments), EnginesOf(arguments), file, ensemble, stop);
        var (data, part, files) = ReadImages(arguments);
        List<Inference> inferences = [.. members.Select(member => Open(member, data))];
        EnsembleModel.RequireSameHeld([.. ensemble.Members.Zip(inferences, (member, inference) => (member.Trial, inference))]);
        return new EnsembleModel(ensemble, file, inferences, data, part, files);
    }

    private ModelEngines EnginesOf(ParseResult arguments) => new(PlaceOf(arguments), arguments.GetValue(_kernels));

    private static Inference Open(Member member, TrainingData data) => new(member.Model, member.Recorded, data, member.Engine);

    private (TrainingData Data, DataPart Part, ImageFiles? Files) ReadImages(ParseResult arguments)
    {
        var data = TrainingData.Load(arguments.GetValue(_data));
        var set = arguments.GetRequiredValue(_set);
        if (Parts.Contains(set)) return (data, EnumText.Parse<DataPart>(set), null);
        var files = ImageFiles.Read(set);
        if (files.OnLightGround is { } light and > 0)
        {
            arguments.InvocationConfiguration.Error.WriteLine($"{set}: {TerminalText.Count(light, "image")} on a light ground: "
                + "Fashion-MNIST's garments are bright on black, so invert such ones for an answer that counts");
        }
        return (data, DataPart.Test, files);
    }

    // The parser itself would say that the argument is missing.
    private static void RequireEnough(ArgumentResult trials, ArgumentArity arity)
    {
        if (trials.Tokens.Count is > 0 and var given && given < arity.MinimumNumberOfValues)
            trials.AddError(
                $"TRIAL is given {(given == 1 ? "once" : $"{given} times")}, must be {arity.MinimumNumberOfValues} to {arity.MaximumNumberOfValues} trials");
    }

    private static void RequirePartOrPath(OptionResult result)
    {
        foreach (var set in result.Tokens.Select(token => token.Value).Where(set => !Parts.Contains(set) && !Path.Exists(set)))
            result.AddError($"--set is {set}, must be {Suggestion.Rule(Parts)} or the path of images that are there{Suggestion.For(set, Parts)}");
    }
}
