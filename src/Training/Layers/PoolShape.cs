using FashionSweep.Training.Models;

namespace FashionSweep.Training.Layers;

/// <summary>Where the windows of a pool lie in a batch of images.</summary>
internal readonly struct PoolShape(int images, TensorShape input, TensorShape output, int size, int stride, int channels)
{
    public int Size { get; } = size;

    /// <summary>Padded.</summary>
    public int Channels { get; } = channels;

    public int Windows { get; } = images * output.Places;

    /// <summary>From one row of an image to the next.</summary>
    public nint Line { get; } = (nint)input.Width * channels;

    /// <summary>Each value is in exactly one window.</summary>
    public bool Tiles { get; } = stride == size && input.Height == output.Height * size && input.Width == output.Width * size;

    public bool Overlaps { get; } = stride < size;

    /// <summary>Of a window's first value among all.</summary>
    public nint Start(int window)
    {
        var (image, place) = Math.DivRem(window, output.Places);
        var (y, x) = Math.DivRem(place, output.Width);
        return ((((nint)image * input.Height) + (y * stride)) * Line) + ((nint)x * stride * Channels);
    }
}
