using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Export;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>A sweep's curves for other programs: as comma-separated values, or as files of TensorBoard.</summary>
internal sealed class SweepExport(ITrialRecords records, Leaderboard board)
{
    private static readonly (string Tag, Func<EpochReport, double> Of)[] Curves =
    [
        ("accuracy/train", epoch => epoch.Train.Accuracy), ("accuracy/validation", epoch => epoch.Validation.Accuracy),
        ("loss/train", epoch => epoch.Train.Loss), ("loss/validation", epoch => epoch.Validation.Loss),
    ];

    private const string TestAccuracy = "accuracy/test";
    private const string TestLoss = "loss/test";

    /// <summary>A line for each epoch of the latest attempt at each trial, with the parameters that differ.</summary>
    public void WriteCurves(TextWriter output)
    {
        Csv.WriteLine(
            output, ["trial", .. board.Varied, "epoch", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "seconds"]);
        foreach (var trial in board.Trials)
        {
            List<string?> first = [trial.Id.ToString(), .. board.Varied.Select(name => trial.ParameterOf(name)?.ToString())];
            foreach (var epoch in records.Epochs(trial.Id, trial.Attempt))
                Csv.WriteLine(
                    output,
                    [
                        .. first, TerminalText.Number(epoch.Epoch), Exact(epoch.Train.Loss), Exact(epoch.Train.Accuracy), Exact(epoch.Validation.Loss),
                        Exact(epoch.Validation.Accuracy), Exact(epoch.Seconds),
                    ]);
        }
    }

    /// <summary>A folder for each trial, and what describes them all beside these: there as a whole or not at all.</summary>
    public void WriteTensorBoard(string folder)
    {
        var part = $"{folder}.{Guid.NewGuid():N}.part";
        try
        {
            WriteInto(part);
            Directory.Move(part, folder);
        }
        finally
        {
            if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
        }
    }

    private void WriteInto(string folder)
    {
        var sweep = board.Sweep;
        using (var all = Create(folder, sweep.CreatedAt))
        {
            var file = new TensorBoardFile(all);
            file.Begin(sweep.CreatedAt);
            file.Experiment(sweep.Name, sweep.CreatedAt, board.Varied, [.. Curves.Select(curve => curve.Tag), TestAccuracy, TestLoss]);
        }
        foreach (var trial in records.Trials(sweep.Name)) WriteTrial(Path.Combine(folder, TerminalText.Number(trial.Spec.Id.Number)), trial);
    }

    private void WriteTrial(string folder, TrialRecord trial)
    {
        var epochs = records.Epochs(trial.Spec.Id, trial.Attempt);
        using var stream = Create(folder, trial.StartedAt);
        var (file, at) = (new TensorBoardFile(stream), trial.StartedAt);
        file.Begin(at);
        var differing = board.Varied.Where(name => trial.Spec.Parameters[name] is not null)
            .Select(name => KeyValuePair.Create(name, trial.Spec.Parameters[name]!));
        file.SessionStart(trial.Spec.Id.ToString(), new ParameterSet(differing), at);
        foreach (var epoch in epochs)
        {
            at += TimeSpan.FromSeconds(epoch.Seconds);
            foreach (var (tag, of) in Curves) file.Scalar(tag, epoch.Epoch, at, of(epoch));
        }
        if (trial.Result is { } result)
        {
            file.Scalar(TestAccuracy, result.BestEpoch, at, result.Test.Accuracy);
            file.Scalar(TestLoss, result.BestEpoch, at, result.Test.Loss);
        }
        if (trial.IsFinished) file.SessionEnd(trial.State is TrialState.Completed or TrialState.Pruned, trial.EndedAt ?? at);
    }

    // TensorBoard knows its files by this word in their names.
    private static FileStream Create(string folder, DateTimeOffset at)
    {
        Directory.CreateDirectory(folder);
        return File.Create(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{at.ToUnixTimeSeconds()}.fsweep")));
    }

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
