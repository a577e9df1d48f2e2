using FashionSweep.Shared.Data;
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
        _precision = model.PrecisionOf(recorded, engine);
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
    /// <param name="predicted">Told what the model says of each image, in ascending order.</param>
    /// <exception cref="UserException">The engine has no such precision here.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public (Score Score, ClassificationReport Report) Evaluate(DataPart part, CancellationToken stop, Action<Prediction>? predicted = null) =>
        Evaluate(SetOf(part), ImagesOf(part), predicted, stop);

    /// <summary>Scores it on other images, at least one.</summary>
    /// <inheritdoc cref="Evaluate(DataPart, CancellationToken, Action{Prediction}?)"/>
    public (Score Score, ClassificationReport Report) Evaluate(ImageSet images, CancellationToken stop, Action<Prediction>? predicted = null) =>
        Evaluate(images, AllOf(images), predicted, stop);

    /// <summary>Classifies single images; what one gets does not depend on the others.</summary>
    /// <param name="images">At least one number, as <see cref="ImagesOf"/> gives them.</param>
    /// <exception cref="UserException">The engine has no such precision here.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public IReadOnlyList<Prediction> Predict(DataPart part, IReadOnlyList<int> images, CancellationToken stop) =>
        Predict(SetOf(part), [.. ImagesOf(part)], images, stop);

    /// <summary>The same for single ones of other images. What stands for a class that nobody knows is the prediction's truth.</summary>
    /// <inheritdoc cref="Predict(DataPart, IReadOnlyList{int}, CancellationToken)"/>
    public IReadOnlyList<Prediction> Predict(ImageSet images, IReadOnlyList<int> chosen, CancellationToken stop) =>
        Predict(images, AllOf(images), chosen, stop);

    /// <summary>What its layers make of a part's images.</summary>
    /// <exception cref="UserException">The engine has no such precision here.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public IReadOnlyList<LayerActivity> ActivityOn(DataPart part, CancellationToken stop)
    {
        IReadOnlyList<ActivityTally> tallies = [];
        Run(SetOf(part), ImagesOf(part), model =>
        {
            tallies = [.. model.Outputs.Select(output => new ActivityTally(output))];
            return (_, labels) =>
            {
                foreach (var tally in tallies) tally.Add(labels.Length);
            };
        }, stop);
        return [.. tallies.Select(tally => tally.ToActivity())];
    }

    private static List<int> AllOf(ImageSet images) => [.. Enumerable.Range(0, images.Count)];

    private ImageSet SetOf(DataPart part) => part == DataPart.Test ? _data.Test : _data.Train;

    private (Score Score, ClassificationReport Report) Evaluate(
        ImageSet set, IReadOnlyList<int> images, Action<Prediction>? predicted, CancellationToken stop)
    {
        var (tally, next) = (new ClassificationTally(TrainingData.Classes), 0);
        var score = Run(set, images, _ => (logits, labels) =>
        {
            tally.Add(logits, labels);
            for (var row = 0; predicted is not null && row < labels.Length; row++) predicted(Read(images[next++], labels[row], logits, row));
        }, stop);
        return (score, tally.ToReport());
    }

    private IReadOnlyList<Prediction> Predict(ImageSet set, List<int> all, IReadOnlyList<int> images, CancellationToken stop)
    {
        var (wanted, predictions) = (images.ToHashSet(), new Dictionary<int, Prediction>());
        var (run, next) = (BatchesOf(all, images), 0);
        Run(set, run, _ => (logits, labels) =>
        {
            for (var row = 0; row < labels.Length; row++, next++)
                if (wanted.Contains(run[next])) predictions[run[next]] = Read(run[next], labels[row], logits, row);
        }, stop);
        return [.. images.Select(image => predictions[image])];
    }

    // With some kernels the last bits of a product depend on the row of its batch: each image stands where it stands when all are scored.
    private List<int> BatchesOf(List<int> all, IReadOnlyList<int> images)
    {
        var batches = images.Select(image => all.BinarySearch(image) / BatchSize).Distinct().Order();
        return [.. batches.SelectMany(batch => all.Skip(batch * BatchSize).Take(BatchSize))];
    }

    private Score Run(ImageSet set, IReadOnlyList<int> images, Func<IEngineModel, BatchClassified> watch, CancellationToken stop)
    {
        using var buffers = new NativeBuffers();
        using var model = _model.Open(_engine, _data.Image, BatchSize, _precision, buffers);
        var batch = new Batch(model.Input, PixelScaling.Of(_model.Config.Normalization, _data));
        return new Evaluator(model, batch).Score(set, [.. images], stop, watch(model));
    }

    private static Prediction Read(int image, byte label, Matrix all, int row)
    {
        var logits = all.Row(row)[..TrainingData.Classes];
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
