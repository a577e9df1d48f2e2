using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Training;

/// <summary>
/// Runs trials from spec to outcome, with one engine. One trainer serves a process: each call runs on its own thread and shares nothing but the data.
/// </summary>
/// <param name="checkpoints">Takes the best epoch's weights of each completed trial, and while a trial is in work its snapshot of each epoch.</param>
/// <param name="plugins">Gives the plug-in of a SHA-256, or throws <see cref="PluginException"/>; null where the engine has no models of users.</param>
public sealed class TrialTrainer(
    TrainingData data, IEngine engine, CheckpointFolder checkpoints, TimeProvider clock, Func<string, LoadedPlugin>? plugins = null)
{
    /// <summary>Trains on the calling thread until the trial's end. Whatever happens to the trial is an outcome, never an exception.</summary>
    /// <param name="report">Called after each epoch, on this thread.</param>
    /// <param name="stop">Looked at before each batch.</param>
    public TrialOutcome Train(TrialSpec spec, Action<EpochReport> report, CancellationToken stop)
    {
        try
        {
            var own = PluginOf(spec);
            var config = TrainingConfig.From(spec.Parameters, own?.Model);
            var snapshot = SnapshotOf(spec, config);
            var outcome = Train(spec, config, own, snapshot, report, stop);
            snapshot.Delete();
            return outcome;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new TrialOutcome.Stopped();
        }
        catch (Exception error)
        {
            var expected = error is ConfigurationException or CheckpointException or KernelException or EngineException or PluginException
                or OutOfMemoryException or IOException or UnauthorizedAccessException;
            return new TrialOutcome.Failed(expected ? error.Message : $"{error.GetType().Name}: {error.Message}");
        }
    }

    /// <summary>Where a trial's snapshot is, if it has one.</summary>
    /// <returns>Null where there can be none: <see cref="Train(TrialSpec, Action{EpochReport}, CancellationToken)"/> says why.</returns>
    public SnapshotFile? FindSnapshot(TrialSpec spec)
    {
        try
        {
            return SnapshotOf(spec, TrainingConfig.From(spec.Parameters, PluginOf(spec)?.Model));
        }
        catch (Exception fault) when (fault is ConfigurationException or PluginException)
        {
            return null;
        }
    }

    // The engine's module too: what is built otherwise may compute otherwise.
    private SnapshotFile SnapshotOf(TrialSpec spec, TrainingConfig config) => checkpoints.Snapshots.Of(
        spec, $"{engine.Description} {engine.GetType().Module.ModuleVersionId} {Precision(config)} {ThisMachine.Processor}");

    private LoadedPlugin? PluginOf(TrialSpec spec) =>
        plugins is not null && spec.Parameters[OwnModel.Parameter] is { } sha256 ? plugins(sha256.ToString()) : null;

    private TrialOutcome Train(
        TrialSpec spec, TrainingConfig config, LoadedPlugin? own, SnapshotFile snapshot, Action<EpochReport> report, CancellationToken stop)
    {
        try
        {
            var plan = own is null ? PlanOf(config) : null;
            using var buffers = new NativeBuffers();
            using var model = own is null
                ? engine.Open(plan!, config.Loss, config.BatchSize, Precision(config), buffers)
                : new AskedOwnModel(own.Own, spec.Parameters).Open(config, data.Image, config.BatchSize);
            if (WeightsOf(plan, model, config) is { } weights) model.Parameters.Import(weights);
            var run = new TrainingRun(config, spec.Objective, data, model, snapshot, buffers, clock);
            return Complete(spec, config, run.Train(report, stop));
        }
        catch (DivergedException diverged)
        {
            return diverged.Outcome;
        }
    }

    private ModelPlan PlanOf(TrainingConfig config)
    {
        var plan = config.Model.PlanFor(data.Image);
        ModelSize.Check(plan, config.BatchSize);
        return plan;
    }

    /// <param name="plan">Null of a user's own model, which has drawn its weights.</param>
    private IEnumerable<NamedTensor>? WeightsOf(ModelPlan? plan, IEngineModel model, TrainingConfig config) => config.Model.StartFrom switch
    {
        null => plan is null ? null : FirstWeights.Draw(plan, config.Model.Initialization, config.Seed),
        var sha256 when Checkpoint.IsSha256(sha256) =>
            FirstWeights.From(checkpoints.Read(new Checkpoint(sha256, Bytes: 0)).Tensors, model.Parameters.Tensors.Select(tensor => tensor.Layout)),
        var other => throw new ConfigurationException($"start_from is {other}, must be the SHA-256 of a checkpoint once a trial starts"),
    };

    private Precision Precision(TrainingConfig config) => engine.Resolve(config.Precision, config.Model.IsConvolutional);

    private TrialOutcome.Completed Complete(TrialSpec spec, TrainingConfig config, TrainedModel trained)
    {
        var environment = ThisMachine.Environment(engine.Description, Precision(config));
        var (best, test, weights) = (trained.Best, trained.Test, Safetensors.WeightsSha256(trained.Tensors));
        var scores = new CheckpointScores(best.Epoch, trained.Epochs, best.Train, best.Validation, test, trained.ParameterCount, weights);
        var checkpoint = checkpoints.Save(new CheckpointRecord(spec, scores, CheckpointEnvironment.Of(environment)), trained.Tensors);
        return new TrialOutcome.Completed(new TrialResult(
            best.Epoch, trained.Epochs, best.Train, best.Validation, test, trained.ParameterCount, weights, trained.Time.TotalSeconds,
            checkpoint, environment, trained.TestReport));
    }
}
