using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Models;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>One trial with all that is recorded of it.</summary>
/// <param name="ConfigurationNumber">In the order of trying, from 1.</param>
/// <param name="Siblings">The trials of its configuration, itself among them.</param>
/// <param name="Configuration">Its parameters, in the order of the catalogue.</param>
/// <param name="Confusion">A row for what images are, a column for what they were taken for; null without a test report.</param>
/// <param name="Layers">Of its model; empty of a plug-in's.</param>
internal sealed record TrialPage(
    string Sweep, int Number, int? Rank, int ConfigurationNumber, int Repeat, IReadOnlyList<int> Siblings, IReadOnlyList<PageSetting> Configuration,
    TrialState State, string? Reason, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, PageResult? Result, PageReport? Report,
    IReadOnlyList<PageClass>? Classes, ConfusionMatrix? Confusion, IReadOnlyList<string> ClassNames, IReadOnlyList<PageAttempt> Attempts,
    IReadOnlyList<PageLayer> Layers, TrialEnvironment? Environment, string Reproduce, IReadOnlyList<PageCommand> Commands,
    IReadOnlyList<PageDownload> Downloads, TrialMark Mark)
{
    /// <returns>Null where there is no such trial.</returns>
    /// <param name="rank">Of its configuration.</param>
    public static TrialPage? Of(ITrialRecords records, SweepRecord sweep, int number, int? rank, ParameterCatalog catalog)
    {
        if (records.Find(new TrialId(sweep.Name, number)) is not { } trial) return null;
        var (id, repeats, report) = (trial.Spec.Id, sweep.Repeats, trial.Result?.TestReport);
        var first = ((repeats.ConfigurationOf(id) - 1) * repeats.Seeds) + 1;
        return new TrialPage(
            sweep.Name, number, rank, repeats.ConfigurationOf(id), repeats.RepeatOf(id),
            [.. Enumerable.Range(first, repeats.Seeds).Where(other => other == number || records.Find(new TrialId(sweep.Name, other)) is not null)],
            PageSetting.Of(trial.Spec.Parameters, catalog.With(sweep.Own)), trial.State, trial.Reason, trial.StartedAt, trial.EndedAt,
            trial.Result is { } result ? PageResult.Of(result, trial.CheckpointKept) : null,
            report is null ? null : new PageReport(trial.Result!.Test.Accuracy, report.Top2Accuracy, report.CalibrationError),
            report is null ? null : [.. Enumerable.Range(0, report.Confusion.Classes).Select(label => PageClass.Of(label, report.Confusion.Of(label)))],
            report?.Confusion, FashionMnist.Classes, [.. records.Attempts(id).Select(attempt => PageAttempt.Of(records, attempt))],
            LayersOf(trial.Spec), trial.Result?.Environment, ProgramName.In($"./fsweep reproduce {id}"), CommandsOf(trial), DownloadsOf(trial),
            records.Marks(sweep.Name).GetValueOrDefault(number, TrialMark.None));
    }

    private static IReadOnlyList<PageLayer> LayersOf(TrialSpec spec)
    {
        if (spec.Parameters[OwnModel.Parameter] is not null) return [];
        try
        {
            var plan = TrainingConfig.From(spec.Parameters).Model.PlanFor(TrainingData.FashionMnistImage);
            return [.. plan.Layers.Select(layer => new PageLayer(layer.Name, $"{layer.Output}", layer.ParameterCount))];
        }
        catch (ConfigurationException)
        {
            return [];
        }
    }

    private static IReadOnlyList<PageCommand> CommandsOf(TrialRecord trial)
    {
        var id = trial.Spec.Id;
        return trial.Result is null
            ? [PageCommand.Of("all that is recorded of it", $"./fsweep show {id}")]
            :
            [
                PageCommand.Of("runs it again and compares every bit", $"./fsweep reproduce {id}"),
                PageCommand.Of("scores it again", $"./fsweep evaluate {id}"),
                PageCommand.Of("its most confident mistakes", $"./fsweep predict {id} --wrong"), PageCommand.Of("looks inside", $"./fsweep inspect {id}"),
                PageCommand.Of("serves it", $"./fsweep serve {id}"), PageCommand.Of("its weights as a file", $"./fsweep export {id}"),
            ];
    }

    private static IReadOnlyList<PageDownload> DownloadsOf(TrialRecord trial) => trial is { CheckpointKept: true, Result.Checkpoint.Sha256: var sha256 }
        ? [new(trial.Spec.Id.FileName, $"{FileRoutes.Checkpoints}/{sha256}")]
        : [];
}
