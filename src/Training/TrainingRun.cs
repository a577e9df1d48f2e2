using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Data.Augmentation;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Optimizers;
using FashionSweep.Training.Randomness;
using FashionSweep.Training.Schedules;

namespace FashionSweep.Training;

/// <summary>One trial's training, from its first weights to its test score, on one thread and in memory of its own.</summary>
internal sealed unsafe class TrainingRun
{
    private readonly TrainingConfig _config;
    private readonly TrainingData _data;
    private readonly TimeProvider _clock;
    private readonly IEngineModel _model;
    private readonly IOptimizer _optimizer;
    private readonly Batch _batch;
    private readonly Mixup? _mixup;
    private readonly Evaluator _evaluator;
    private readonly DataSplit _split;
    private readonly int[] _order;
    private readonly float* _best;
    private readonly GradientClip _clip;
    private readonly LearningRateSchedule _schedule;
    private readonly Objective _objective;
    private readonly List<EpochReport> _reports = [];
    private readonly SnapshotFile _snapshot;
    private readonly TrainingState _state;

    /// <param name="model">With its first weights.</param>
    /// <param name="buffers">Disposed of after the run.</param>
    public TrainingRun(
        TrainingConfig config, Objective objective, TrainingData data, IEngineModel model, SnapshotFile snapshot, NativeBuffers buffers, TimeProvider clock)
    {
        (_config, _objective, _data, _model, _clock) = (config, objective, data, model, clock);
        _optimizer = _model.OwnOptimizer ?? Optimizer.Of(config.Optimizer, _model.Parameters, buffers);
        _batch = new Batch(
            _model.Input, PixelScaling.Of(config.Normalization, data),
            config.Augmentation.LeavesImages ? null : new ImageAugmentation(config.Augmentation, data.Image));
        _mixup = config.Augmentation.Mixup > 0 ? new Mixup(config.Augmentation.Mixup, _model.Input, buffers) : null;
        _evaluator = new Evaluator(_model, _batch);
        _split = DataSplit.Of(data.Train.Count, config.ValidationFraction, config.SplitSeed);
        _clip = new GradientClip(config.GradientClip, _model.Parameters);
        _order = new int[_split.Training.Length];
        _best = buffers.Allocate((nint)_model.Parameters.Count);
        _schedule = new LearningRateSchedule(config.Schedule, config.Epochs, StepsPerEpoch, objective);
        _snapshot = snapshot;
        _state = new TrainingState(_model.Parameters, _optimizer, _best);
    }

    /// <summary>Goes on from the trial's snapshot where there is one, to the bits that it would have had without a break.</summary>
    /// <param name="report">Called for each epoch, for those before a break, too.</param>
    /// <exception cref="DivergedException">A loss or a weight is no longer a number.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; noticed between two batches.</exception>
    public TrainedModel Train(Action<EpochReport> report, CancellationToken stop)
    {
        if (_snapshot.Read() is { } before && _state.Restore(before.State)) _reports.AddRange(before.Reports);
        foreach (var earlier in _reports) report(earlier);
        var earlierTime = TimeSpan.FromSeconds(_reports.Sum(earlier => earlier.Seconds));
        var best = _reports.Aggregate((EpochReport?)null, Better);
        var started = _clock.GetTimestamp();
        while (_reports.Count < _config.Epochs && !EarlyStopping.IsDue(_config.EarlyStopping, _reports))
        {
            var current = TrainEpoch(_reports.Count + 1, stop);
            _reports.Add(current);
            if (ReferenceEquals(Better(best, current), current))
            {
                best = current;
                Copy(_model.Parameters.Weights, _best);
            }
            // Before the report: what was reported is never trained again.
            if (_reports.Count < _config.Epochs) _snapshot.Write(_reports, _state.Copy());
            report(current);
        }
        Copy(_best, _model.Parameters.Weights);
        var tally = new ClassificationTally(TrainingData.Classes);
        var test = _evaluator.Score(_data.Test, Enumerable.Range(0, _data.Test.Count).ToArray(), stop, tally.Add);
        RequireFinite(test.Loss, _reports.Count, "test loss");
        return new TrainedModel(
            best!, _reports.Count, test, tally.ToReport(), _model.Parameters.Export(), _model.Parameters.TrueCount,
            earlierTime + _clock.GetElapsedTime(started));
    }

    private EpochReport Better(EpochReport? best, EpochReport current) =>
        best is null || _objective.IsBetter(_objective.Of(current), _objective.Of(best)) ? current : best;

    private int StepsPerEpoch => (_order.Length + _config.BatchSize - 1) / _config.BatchSize;

    private EpochReport TrainEpoch(int epoch, CancellationToken stop)
    {
        var started = _clock.GetTimestamp();
        _split.Training.CopyTo(_order, 0);
        new RandomStream(_config.Seed, Purpose.BatchOrder, epoch: epoch).Shuffle(_order);
        var (loss, correct) = (0.0, 0);
        for (var (step, next) = (1, 0); next < _order.Length; step++, next += _config.BatchSize)
        {
            stop.ThrowIfCancellationRequested();
            var place = new TrainingStep(_config.Seed, epoch, step);
            var labels = _batch.Load(_data.Train, _order.AsSpan(next, Math.Min(_config.BatchSize, _order.Length - next)), place);
            var (batchLoss, batchCorrect) = _model.Learn(_mixup is null ? new Targets(labels) : _mixup.Mix(labels, place), place);
            if (!double.IsFinite(batchLoss)) throw new DivergedException(epoch, step, "training loss", batchLoss);
            _clip.Apply();
            _optimizer.Step(((long)(epoch - 1) * StepsPerEpoch) + step, _schedule.RateAt(epoch, step, _reports));
            loss += batchLoss;
            correct += batchCorrect;
        }
        var validation = _evaluator.Score(_data.Train, _split.Validation, stop);
        RequireFinite(validation.Loss, epoch, "validation loss");
        RequireFiniteWeights(epoch);
        var train = new Score(loss / _order.Length, (double)correct / _order.Length);
        return new EpochReport(epoch, train, validation, _clock.GetElapsedTime(started).TotalSeconds);
    }

    // Fused ReLU may turn NaN into 0, so that weights could be lost behind a finite loss.
    private void RequireFiniteWeights(int epoch)
    {
        for (nint i = 0; i < (nint)_model.Parameters.Count; i++) RequireFinite(_model.Parameters.Weights[i], epoch, "weight");
    }

    private void RequireFinite(double value, int epoch, string what)
    {
        if (!double.IsFinite(value)) throw new DivergedException(epoch, StepsPerEpoch, what, value);
    }

    private void Copy(float* from, float* to)
    {
        var bytes = _model.Parameters.Count * sizeof(float);
        Buffer.MemoryCopy(from, to, bytes, bytes);
    }
}

/// <param name="Best">The epoch whose weights these are.</param>
/// <param name="Epochs">How many ran.</param>
/// <param name="Test">With these weights.</param>
internal sealed record TrainedModel(
    EpochReport Best, int Epochs, Score Test, ClassificationReport TestReport, IReadOnlyList<NamedTensor> Tensors, long ParameterCount, TimeSpan Time);

/// <param name="step">The last one taken, from 1 in each epoch.</param>
internal sealed class DivergedException(int epoch, int step, string what, double value) : Exception
{
    public TrialOutcome.Diverged Outcome { get; } = new(epoch, step, FormattableString.Invariant($"{what} is {value}"));
}
