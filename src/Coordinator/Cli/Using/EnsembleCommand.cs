using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep ensemble SWEEP</c>: makes one model of the best trials of a sweep.</summary>
internal sealed class EnsembleCommand(ParameterCatalog catalog)
{
    private const int UsualTop = 5;
    private const int MostTop = 100;

    private readonly Argument<string?> _sweep = new("SWEEP")
    {
        Description = "Its name; the latest where none is given",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<int?> _top = CountOption.Create("--top", "How many of its best trials there are to take, by validation", UsualTop, MostTop);
    private readonly Option<bool> _greedy = new("--greedy")
    {
        Description = "Of these take the ones that together are best on the validation images, some more than once (Caruana et al. 2004)",
    };
    private readonly Option<string?> _to = new("--to")
    {
        Description = $"The file to write, which must not be there yet and must end in {EnsembleFile.Ending}; else it is named after the sweep, in this folder",
        HelpName = "FILE",
    };
    private readonly Option<string?> _kernels = RecordedKernels.Option();
    private readonly Option<string?> _data = DataOption.Create();
    private readonly Option<string> _format = FormatOption.TableOrJson();
    private readonly ReachOptions _reach = new();

    public static Command Create(ParameterCatalog catalog) => new EnsembleCommand(catalog).Build();

    private Command Build()
    {
        const string Description = "Makes one model of a sweep's best trials, whose probabilities are averaged, and says if it is better than the best";
        var command = new Command("ensemble", Description)
        {
            _sweep, _top, _greedy, _to, _kernels, _data, _format,
        };
        _reach.AddTo(command);
        command.SetAction(arguments => CtrlC.MayStop(stop =>
        {
            Run(arguments, stop);
            return ExitCodes.Done;
        }));
        return command;
    }

    private void Run(ParseResult arguments, CancellationToken stop)
    {
        var (place, isGreedy) = (_reach.PlaceOf(arguments), arguments.GetValue(_greedy));
        var (sweep, trials) = Find(place, arguments.GetValue(_sweep), arguments.GetValue(_top)!.Value, stop);
        var name = $"{sweep.Name}-{(isGreedy ? "greedy" : "top")}{trials.Count}";
        var file = Require(arguments.GetValue(_to) ?? $"{name}{EnsembleFile.Ending}");
        var streams = arguments.InvocationConfiguration;
        var engines = new ModelEngines(place, arguments.GetValue(_kernels));
        engines.Require(trials);
        streams.Error.WriteLine($"asking {trials.Count} models about the validation images, then those that are taken about the test images");
        var models = Open(engines, trials, TrainingData.Load(arguments.GetValue(_data)), stop);
        var candidates = models.Select(model => Ask(model, stop)).ToList();
        var taken = isGreedy
            ? GreedySelection.Choose([.. candidates.Select(candidate => candidate.Validation)], byLoss: IsLoss(sweep.Objective))
            : [.. candidates.Select(_ => 1)];
        var inferences = models.ToDictionary(model => model.Trial.Spec.Id, model => model.Inference);
        var report = EnsembleReport.Of(
            Path.GetFileName(file)[..^EnsembleFile.Ending.Length], candidates, taken, candidate => Ask(inferences[candidate.Trial], DataPart.Test, stop));
        EnsembleFile.Write(file, report.Ensemble);
        if (arguments.GetValue(_format) == "json")
            streams.Output.WriteLine(JsonOutput.Document(new { File = file, report.Ensemble, report.Best, report.Pair }));
        else EnsembleView.Write(streams.Output, Terminal.Of(streams.Output), report, How(trials.Count, isGreedy, sweep.Name), file);
    }

    private (SweepRecord Sweep, IReadOnlyList<TrialRecord> Trials) Find(IStorePlace place, string? name, int top, CancellationToken stop)
    {
        using var records = place.Open(stop);
        var sweep = records.Sweep(place, name);
        var board = Leaderboard.Of(sweep, records.FiguresOf(sweep.Name), catalog);
        var best = board.Trials.Where(trial => trial.Result is not null).OrderBy(trial => trial.PlaceBy(sweep.Objective)).Take(top).ToList();
        return best.Count >= 2
            ? (sweep, [.. best.Select(trial => records.Find(trial.Id)!)])
            : throw new InputException($"{sweep.Name}: {best.Count} of its trials to take, must be at least 2 that are completed");
    }

    private static string Require(string file) => EnsembleFile.IsNamed(file)
        ? NewFile.Require(file, "--to")
        : throw new InputException($"--to is {file}, must end in {EnsembleFile.Ending}, by which other verbs know it");

    private static List<Model> Open(ModelEngines engines, IReadOnlyList<TrialRecord> trials, TrainingData data, CancellationToken stop)
    {
        List<Model> models =
        [
            .. trials.Select(trial => (Trial: trial, Member: engines.Read(trial, stop))).Select(read => new Model(
                read.Trial, new Inference(read.Member.Model, read.Member.Recorded, data, read.Member.Engine))),
        ];
        EnsembleModel.RequireSameHeld([.. models.Select(model => (model.Trial.Spec.Id, model.Inference))]);
        return models;
    }

    private static EnsembleCandidate Ask(Model model, CancellationToken stop) =>
        new(model.Trial.Spec.Id, model.Trial.Result!.Checkpoint.Sha256, Ask(model.Inference, DataPart.Validation, stop));

    private static IReadOnlyList<Prediction> Ask(Inference inference, DataPart part, CancellationToken stop) =>
        inference.Predict(part, inference.ImagesOf(part), stop);

    private static bool IsLoss(Objective objective) => objective.Metric is Metric.ValidationLoss or Metric.TrainLoss;

    private static string How(int top, bool isGreedy, string sweep) => isGreedy
        ? $"chosen among the {top} best of {sweep} on their validation images"
        : $"the best of {sweep}, averaged alike";

    private sealed record Model(TrialRecord Trial, Inference Inference);
}
