using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep compare TRIAL TRIAL…</c>: where trials differ, and whether one is really better.</summary>
internal static class CompareCommand
{
    private const int Most = 6;

    public static Command Create(ParameterCatalog catalog)
    {
        var options = new AskedModelOptions(new ArgumentArity(2, Most));
        var format = FormatOption.TableOrJson();
        var command = new Command("compare", "Holds trials against each other: parameters, curves, classes, and whether one is surely better");
        options.AddTo(command);
        command.Options.Add(format);
        command.SetAction(arguments => CtrlC.MayStop(stop =>
        {
            var models = Require(options.OpenTrials(arguments, stop));
            var streams = arguments.InvocationConfiguration;
            streams.Error.WriteLine($"asking {models.Count} models about {models[0].Describe(models[0].Images.Count)}");
            var compared = SideBySide.Of(Ask(options.PlaceOf(arguments), models, stop), catalog);
            if (arguments.GetValue(format) == "json") streams.Output.WriteLine(JsonOutput.Document(ForPrograms(compared, models[0])));
            else new SideBySideView(streams.Output, Terminal.Of(streams.Output), compared, models[0]).Write();
            return ExitCodes.Done;
        }));
        return command;
    }

    private static IReadOnlyList<TrialModel> Require(IReadOnlyList<TrialModel> models)
    {
        if (models.CountBy(model => model.Trial.Spec.Id).FirstOrDefault(trial => trial.Value > 1) is { Value: > 1, Key: var twice })
            throw new InputException($"{twice} is named twice, must be different trials");
        var first = models[0];
        var other = models.FirstOrDefault(model => !model.Images.SequenceEqual(first.Images));
        return other is null ? models : throw new InputException(
            $"{first.Trial.Spec.Id} and {other.Trial.Spec.Id} have other {AskedModel.NameOf(first.Part)} images, by split_seed or validation_fraction: "
            + "their answers can be compared on --set test only");
    }

    private static List<TrialAnswers> Ask(IStorePlace place, IReadOnlyList<TrialModel> models, CancellationToken stop)
    {
        using var records = place.Open(stop);
        return
        [
            .. models.Select(model => new TrialAnswers(
                model.Trial, records.Epochs(model.Trial.Spec.Id, model.Trial.Attempt), model.Predict(model.Images, stop))),
        ];
    }

    private static object ForPrograms(SideBySide compared, TrialModel first) => new
    {
        Set = first.Part,
        Images = first.Images.Count,
        Trials = compared.Trials.Select(one => new
        {
            Trial = one.Trial.Spec.Id,
            Differing = compared.Differing.ToDictionary(name => name, name => one.Trial.Spec.Parameters[name]),
            one.Accuracy,
            one.Trial.Result,
            Classes = FashionMnist.Classes.Select((_, label) => JsonClass.Of(label, one.Confusion.Of(label))),
            one.Epochs,
        }),
        Pairs = compared.Pairs,
    };
}
