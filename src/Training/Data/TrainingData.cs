using FashionSweep.Shared.Data;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Data;

/// <summary>The images of a process, shared by all its trials and never changed.</summary>
public sealed record TrainingData
{
    public const int Classes = 10;

    /// <summary>What sweep files are checked against before any data is there.</summary>
    public static TensorShape FashionMnistImage { get; } = new(1, 28, 28);

    private readonly Lazy<ImageStatistics> _statistics;

    /// <exception cref="ArgumentException">A set is empty, a label is no class, or the sets' images differ in size.</exception>
    public TrainingData(ImageSet train, ImageSet test)
    {
        PixelsPerImage = Check(train, nameof(train));
        if (Check(test, nameof(test)) != PixelsPerImage) throw new ArgumentException("Training and test images differ in size.", nameof(test));
        (Train, Test) = (train, test);
        _statistics = new Lazy<ImageStatistics>(() => ImageStatistics.Of(train));
    }

    /// <summary>Fashion-MNIST, from the folder or from where it usually lies.</summary>
    /// <inheritdoc cref="FashionMnist.Load(string?)"/>
    public static TrainingData Load(string? folder)
    {
        var images = FashionMnist.Load(folder);
        return new TrainingData(images.Train, images.Test);
    }

    /// <summary>Split by each trial into what it trains on and what it validates with.</summary>
    public ImageSet Train { get; }

    public ImageSet Test { get; }

    public int PixelsPerImage { get; }

    /// <summary>One channel of a square, or a vector where the pixels are none.</summary>
    public TensorShape Image =>
        (int)Math.Sqrt(PixelsPerImage) is var side && side * side == PixelsPerImage ? new(1, side, side) : TensorShape.Vector(PixelsPerImage);

    /// <summary>Of all training images, those held out for validation included, so that every split scales alike.</summary>
    public ImageStatistics Statistics => _statistics.Value;

    private static int Check(ImageSet images, string name)
    {
        if (images.Count < 2) throw new ArgumentException($"There are {images.Count} images, must be at least 2.", name);
        var (size, rest) = Math.DivRem(images.Pixels.Length, images.Count);
        if (rest != 0 || size == 0) throw new ArgumentException($"{images.Pixels.Length} pixels are no whole images for {images.Count} labels.", name);
        if (images.Labels.Max() is >= Classes and var label) throw new ArgumentException($"A label is {label}, must be below {Classes}.", name);
        return size;
    }
}
