using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using.Mlflow;

/// <summary>Writes a sweep to MLflow: an experiment of its name, and a run for each trial that has ended.</summary>
internal sealed class MlflowExport(MlflowClient mlflow, ITrialRecords records)
{
    /// <param name="report">Told of each run that is written.</param>
    /// <returns>How many runs there are now of it.</returns>
    public async Task<int> WriteAsync(SweepRecord sweep, Action<TrialId> report, CancellationToken stop)
    {
        var experiment = await mlflow.ExperimentAsync(sweep.Name, stop);
        var runs = 0;
        foreach (var trial in records.Trials(sweep.Name).Where(trial => trial.IsFinished))
        {
            await WriteAsync(experiment, trial, stop);
            report(trial.Spec.Id);
            runs++;
        }
        return runs;
    }

    private async Task WriteAsync(string experiment, TrialRecord trial, CancellationToken stop)
    {
        List<MlflowTag> tags = [new("fsweep.trial", trial.Spec.Id.ToString()), new("fsweep.state", EnumText.Of(trial.State))];
        if (trial.Result is { } result) tags.Add(new("fsweep.weights_sha256", result.WeightsSha256));
        var run = await mlflow.StartAsync(experiment, trial.Spec.Id.ToString(), trial.StartedAt, tags, stop);
        foreach (var batch in MlflowBatch.Of(trial, records.Epochs(trial.Spec.Id, trial.Attempt))) await mlflow.LogAsync(run, batch, stop);
        await mlflow.EndAsync(run, StatusOf(trial.State), trial.EndedAt ?? trial.StartedAt, stop);
    }

    // A diverged trial is a result; MLflow has no word for one that was pruned.
    private static string StatusOf(TrialState state) => state switch
    {
        TrialState.Failed => "FAILED",
        TrialState.Pruned => "KILLED",
        _ => "FINISHED",
    };
}
