using System.Collections.Concurrent;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Evaluation;

/// <summary>A trained model, and how much it counts among others.</summary>
/// <param name="Recorded">The environment that it was trained and scored in.</param>
/// <param name="Engine">By which it is computed here.</param>
/// <param name="Weight">Above 0; those of all members sum to 1.</param>
public sealed record Member(RecordedModel Model, TrialEnvironment Recorded, IEngine Engine, double Weight = 1);

/// <summary>
/// Trained models kept open for images that come at any time and on any thread: one, or several whose probabilities are averaged. What has been opened is
/// used again, so that an answer costs its products and no memory.
/// </summary>
public sealed class Classifier : IDisposable
{
    // For one image a model that was opened for 64 takes seven times as long as one that was opened for it.
    private const int Many = 64;
    private const int Few = 8;

    private readonly List<Part> _parts;
    private readonly TensorShape _image;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentBag<OpenModel[]> _forOne = [];
    private readonly ConcurrentBag<OpenModel[]> _forMany = [];

    /// <param name="data">Asked for only where a model's scaling of pixels depends on it; not kept.</param>
    /// <param name="places">How many threads may classify at once: others wait.</param>
    /// <exception cref="UserException">An engine can't open a model here; says why.</exception>
    public Classifier(IReadOnlyList<Member> members, TensorShape image, Func<TrainingData> data, int places)
    {
        (_image, _places) = (image, new SemaphoreSlim(places));
        _parts =
        [
            .. members.Select(member => new Part(
                member, member.Model.PrecisionOf(member.Recorded, member.Engine), PixelScaling.Of(member.Model.Config.Normalization, data))),
        ];
        _forOne.Add(Open(1));
    }

    public int PixelsPerImage => _image.Count;

    /// <summary>Says of each image how probable each class is.</summary>
    /// <param name="pixels">uint8, [images, pixels of an image], at least one image.</param>
    /// <param name="probabilities">[images, classes]; those of an image sum to 1.</param>
    /// <exception cref="OperationCanceledException">Asked to stop while it waited for a place.</exception>
    public async ValueTask ClassifyAsync(ReadOnlyMemory<byte> pixels, Memory<double> probabilities, CancellationToken stop)
    {
        await _places.WaitAsync(stop);
        try
        {
            Classify(pixels.Span, probabilities.Span);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        foreach (var model in _forOne.Concat(_forMany).SelectMany(models => models)) model.Dispose();
        _places.Dispose();
    }

    private void Classify(ReadOnlySpan<byte> pixels, Span<double> probabilities)
    {
        probabilities.Clear();
        var images = pixels.Length / PixelsPerImage;
        for (var (first, now) = (0, 0); first < images; first += now)
        {
            now = images - first > Few ? Math.Min(images - first, Many) : 1;
            var some = pixels.Slice(first * PixelsPerImage, now * PixelsPerImage);
            Add(now == 1 ? _forOne : _forMany, now == 1 ? 1 : Many, some, now, probabilities[(first * TrainingData.Classes)..]);
        }
    }

    private void Add(ConcurrentBag<OpenModel[]> kept, int most, ReadOnlySpan<byte> pixels, int images, Span<double> probabilities)
    {
        var models = kept.TryTake(out var free) ? free : Open(most);
        for (var i = 0; i < models.Length; i++) models[i].Add(pixels, images, _parts[i].Member.Weight, probabilities);
        kept.Add(models);
    }

    private OpenModel[] Open(int images) =>
        [.. _parts.Select(part => new OpenModel(part.Member.Model, part.Precision, part.Scaling, _image, images, part.Member.Engine))];

    private sealed record Part(Member Member, Precision Precision, PixelScaling Scaling);
}
