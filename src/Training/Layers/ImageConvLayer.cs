using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>
/// A convolution over the images themselves, whose one channel would waste fifteen sixteenths of a vector: its windows are laid out as rows, and it
/// is a product of matrices. Nothing before it learns, so it has no input gradient.
/// </summary>
internal sealed unsafe class ImageConvLayer : ILayer
{
    private readonly Matrix _images;
    private readonly ImageWindows _windows;
    private readonly Matrix? _biasGradient;
    private readonly IProduct _forward;
    private readonly IProduct? _weightGradient;

    public ImageConvLayer(
        PlannedLayer planned, Activations input, ParameterTensor weight, ParameterTensor? bias, bool rectify, NativeBuffers buffers, IKernels kernels)
    {
        _images = input.Values;
        var shape = ConvLayer.Shape(planned, Matrix.PadRows(input.Images), channels: 1, weight.Layout.Columns);
        Output = Activations.Allocate(planned.Output, input.Images, buffers, learned: weight.Gradient is not null || input.Gradient is not null);
        _windows = new ImageWindows(shape, weight.Layout.Rows, buffers);
        _biasGradient = bias?.Gradient;
        _forward = kernels.Forward(_windows.Rows, weight.Values, bias?.Values, Output.Values, rectify);
        _weightGradient = weight.Gradient is { } learned ? kernels.WeightGradient(_windows.Rows, Output.Gradient!.Value, learned) : null;
    }

    public Activations Output { get; }

    public void Predict()
    {
        _windows.Gather(_images);
        _forward.Run();
    }

    public void Forward(in TrainingStep step) => Predict();

    public void Backward(in TrainingStep step)
    {
        if (_biasGradient is { } bias) Columns.Sum(Output.Gradient!.Value, bias.Start);
        _weightGradient?.Run();
    }
}
