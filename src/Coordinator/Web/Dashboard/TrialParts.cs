using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>A parameter as a trial has it.</summary>
/// <param name="Default">What it is where a sweep does not set it; null where that hangs on others, or there is none.</param>
internal sealed record PageSetting(string Name, ParameterValue Value, ParameterValue? Default, bool Differs, string Meaning)
{
    public static IReadOnlyList<PageSetting> Of(ParameterSet parameters, ParameterCatalog catalog) =>
    [
        .. catalog.InOrder([.. parameters.Select(parameter => parameter.Key)]).Where(name => parameters[name] is not null)
            .Select(name => Of(name, parameters[name]!, catalog.Find(name))),
    ];

    private static PageSetting Of(string name, ParameterValue value, Hyperparameter? known)
    {
        var usual = known?.Default is { IsSweepSeed: false, Usual: var common } ? common : null;
        return new PageSetting(name, value, usual, usual is not null && usual != value, known?.Meaning ?? "");
    }
}

internal sealed record PageResult(
    Score Train, Score Validation, Score Test, int BestEpoch, int Epochs, double Seconds, long ParameterCount, string WeightsSha256, PageCheckpoint Checkpoint)
{
    public static PageResult Of(TrialResult result, bool isKept) => new(
        result.Train, result.Validation, result.Test, result.BestEpoch, result.Epochs, result.Seconds, result.ParameterCount, result.WeightsSha256,
        new PageCheckpoint(result.Checkpoint.Sha256, result.Checkpoint.Bytes, isKept));
}

internal sealed record PageCheckpoint(string Sha256, long Bytes, bool Kept);

internal sealed record PageReport(
    double Accuracy, [property: System.Text.Json.Serialization.JsonPropertyName("top_2_accuracy")] double Top2Accuracy, double CalibrationError);

internal sealed record PageClass(string Name, double Precision, double Recall, double F1, long Support)
{
    public static PageClass Of(int label, ClassScore score) => new(FashionMnist.Classes[label], score.Precision, score.Recall, score.F1, score.Support);
}

internal sealed record PageAttempt(
    int Attempt, string Node, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? End, string? Reason, IReadOnlyList<PageEpoch> Epochs)
{
    public static PageAttempt Of(ITrialRecords records, AttemptRecord attempt) => new(
        attempt.Lease.Attempt, attempt.Lease.Node.Name, attempt.StartedAt, attempt.EndedAt, attempt.End, attempt.Reason,
        [.. records.Epochs(attempt.Lease.Trial, attempt.Lease.Attempt).Select(PageEpoch.Of)]);
}

internal sealed record PageEpoch(int Epoch, double TrainLoss, double TrainAccuracy, double ValidationLoss, double ValidationAccuracy, double Seconds)
{
    public static PageEpoch Of(EpochReport epoch) =>
        new(epoch.Epoch, epoch.Train.Loss, epoch.Train.Accuracy, epoch.Validation.Loss, epoch.Validation.Accuracy, epoch.Seconds);
}

/// <param name="Output">Its shape, as <c>26 x 26 x 32</c>.</param>
internal sealed record PageLayer(string Name, string Output, long Parameters);

/// <param name="Label">What it does.</param>
internal sealed record PageCommand(string Label, string Command)
{
    public static PageCommand Of(string label, string command) => new(label, ProgramName.In(command));
}

/// <param name="Href">Beside the page, without a slash before it.</param>
internal sealed record PageDownload(string Label, string Href);
