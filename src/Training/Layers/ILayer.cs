using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>A layer bound to its buffers. What it reads from its input it may read again in the backward pass, so nothing changes that in between.</summary>
internal interface ILayer
{
    Activations Output { get; }

    /// <summary>Forward as a trained model does it.</summary>
    void Predict();

    /// <summary>Forward as training does it.</summary>
    void Forward(in TrainingStep step);

    /// <summary>From the gradient of <see cref="Output"/>, which it may use up, to those of the layer's tensors and of its input.</summary>
    void Backward(in TrainingStep step);
}

/// <summary>The values between two layers for a batch of images, and the loss's gradient by them.</summary>
/// <param name="Values">[images · places, channels], or [images, pixels] for the images themselves.</param>
/// <param name="Gradient">Null where nothing before learns.</param>
internal sealed record Activations(TensorShape Shape, int Images, Matrix Values, Matrix? Gradient)
{
    public static Activations Allocate(TensorShape shape, int images, NativeBuffers buffers, bool learned)
    {
        var rows = Matrix.PadRows(images) * shape.Places;
        return new(shape, images, buffers.Allocate(rows, shape.Channels), learned ? buffers.Allocate(rows, shape.Channels) : null);
    }

    /// <summary>Rows of the images that the batch buffer has room for.</summary>
    public int RowsOf(int images) => images * Shape.Places;
}
