using FashionSweep.Training.Data;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Evaluation;

/// <summary>A trained model with its memory, opened for a number of images at once. Used by one thread at a time.</summary>
internal sealed class OpenModel : IDisposable
{
    private readonly NativeBuffers _buffers = new();
    private readonly IEngineModel _model;
    private readonly Batch _batch;
    private readonly double[] _probabilities = new double[TrainingData.Classes];

    public OpenModel(RecordedModel model, Precision precision, PixelScaling scaling, TensorShape image, int images, IEngine engine)
    {
        try
        {
            _model = model.Open(engine, image, images, precision, _buffers);
        }
        catch
        {
            _buffers.Dispose();
            throw;
        }
        _batch = new Batch(_model.Input, scaling);
    }

    /// <summary>Adds the probabilities of some images' classes, times a weight, to what is there.</summary>
    /// <param name="pixels">uint8, [images, pixels of an image].</param>
    /// <param name="sums">[images, classes].</param>
    public void Add(ReadOnlySpan<byte> pixels, int images, double weight, Span<double> sums)
    {
        _model.Score(_batch.Load(pixels, images));
        for (var row = 0; row < images; row++)
        {
            Softmax.Of(_model.Logits.Row(row)[..TrainingData.Classes], _probabilities);
            var sum = sums.Slice(row * TrainingData.Classes, TrainingData.Classes);
            for (var label = 0; label < sum.Length; label++) sum[label] += weight * _probabilities[label];
        }
    }

    public void Dispose()
    {
        _model.Dispose();
        _buffers.Dispose();
    }
}
