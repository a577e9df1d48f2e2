using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;

namespace FashionSweep.Training.Evaluation;

/// <summary>Which images of a trial's data: those of the test set, those held out to rank by, or those that it learned from.</summary>
public enum DataPart
{
    Test,
    Validation,
    Train,
}

/// <summary>A completed trial's model, made again from its checkpoint. Each call builds it, uses it on the calling thread and frees it.</summary>
public sealed class Inference
{
    private readonly RecordedModel _model;
    private readonly TrainingData _data;
    private readonly IEngine _engine;
    private readonly DataSplit _split;
    private readonly Precision _precision;

    /// <param name="recorded">The environment that it was trained and scored in.</param>
    public Inference(RecordedModel model, TrialEnvironment recorded, TrainingData data, IEngine engine)
    {
        (_model, _data, _engine) = (model, data, engine);
        var config = model.Config;
        _split = DataSplit.Of(data.Train.Count, config.ValidationFraction, config.SplitSeed);
        // What was scored in float32 is scored so again, even where training would choose less by now.
        _precision = recorded.Precision == "fp32" ? Precision.Fp32 : engine.Resolve(config.Precision, config.Model.IsConvolutional);
    }

    private int BatchSize => _model.Config.BatchSize;

    /// <summary>What it runs on here.</summary>
    public TrialEnvironment Environment => ThisMachine.Environment(_engine.Description, _precision);

    /// <summary>The numbers of a part's images in their file, in ascending order.</summary>
    public IReadOnlyList<int> ImagesOf(DataPart part) => part switch
    {
        DataPart.Test => [.. Enumerable.Range(0, _data.Test.Count)],
        DataPart.Validation => _split.Validation,
        DataPart.Train => _split.Training,
        _ => throw new InvalidOperationException($"No images are {part}."),
    };

    /// <summary>Scores the model as training scored it: on the same kernels the same bits.</summary>
    /// <exception cref="UserException">The engine has no such precision here.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public (Score Score, ClassificationReport Report) Evaluate(DataPart part, CancellationToken stop)
    {
        var tally = new ClassificationTally(TrainingData.Classes);
        var score = Run(part, ImagesOf(part), tally.Add, stop);
        return (score, tally.ToReport());
    }

    /// <summary>Classifies single images; what one gets does not depend on the others.</summary>
    /// <param name="images">At least one number, as <see cref="ImagesOf"/> gives them.</param>
    /// <exception cref="UserException">The engine has no such precision here.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public IReadOnlyList<Prediction> Predict(DataPart part, IReadOnlyList<int> images, CancellationToken stop)
    {
        var (wanted, predictions) = (images.ToHashSet(), new Dictionary<int, Prediction>());
        var (run, next) = (BatchesOf(part, images), 0);
        Run(part, run, (logits, labels) =>
        {
            for (var row = 0; row < labels.Length; row++, next++)
                if (wanted.Contains(run[next])) predictions[run[next]] = Read(run[next], labels[row], logits.Row(row)[..TrainingData.Classes]);
        }, stop);
        return [.. images.Select(image => predictions[image])];
    }

    // With some kernels the last bits of a product depend on the row of its batch: each image stands where it stands when all are scored.
    private List<int> BatchesOf(DataPart part, IReadOnlyList<int> images)
    {
        List<int> all = [.. ImagesOf(part)];
        var batches = images.Select(image => all.BinarySearch(image) / BatchSize).Distinct().Order();
        return [.. batches.SelectMany(batch => all.Skip(batch * BatchSize).Take(BatchSize))];
    }

    private Score Run(DataPart part, IReadOnlyList<int> images, BatchClassified classified, CancellationToken stop)
    {
        using var buffers = new NativeBuffers();
        var config = _model.Config;
        using var model = _engine.Open(config.Model.PlanFor(_data.Image), config.Loss, BatchSize, _precision, buffers);
        model.Parameters.Import(_model.Weights);
        var batch = new Batch(model.Input, PixelScaling.Of(config.Normalization, _data));
        return new Evaluator(model, batch).Score(part == DataPart.Test ? _data.Test : _data.Train, [.. images], stop, classified);
    }

    private static Prediction Read(int image, byte label, ReadOnlySpan<float> logits)
    {
        var probabilities = new double[logits.Length];
        Softmax.Of(logits, probabilities);
        return new Prediction(image, label, Softmax.Highest(logits), probabilities);
    }
}

/// <summary>What a model says of one image.</summary>
/// <param name="Image">Its number in its file.</param>
/// <param name="Truth">The label of its class.</param>
/// <param name="Predicted">The label of the most probable class.</param>
/// <param name="Probabilities">Of each class; they sum to 1.</param>
public sealed record Prediction(int Image, int Truth, int Predicted, IReadOnlyList<double> Probabilities)
{
    public bool IsRight => Predicted == Truth;

    /// <summary>Probability of the predicted class.</summary>
    public double Confidence => Probabilities[Predicted];
}
