using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>A convolution over images of padded channels.</summary>
internal sealed unsafe class ConvLayer : ILayer
{
    private readonly Matrix? _biasGradient;
    private readonly IProduct _forward;
    private readonly IProduct? _weightGradient;
    private readonly IProduct? _inputGradient;

    /// <param name="rectify">Does the work of a <see cref="Rectifier"/>'s forward pass.</param>
    public ConvLayer(
        PlannedLayer planned, Activations input, ParameterTensor weight, ParameterTensor? bias, bool rectify, NativeBuffers buffers, IKernels kernels)
    {
        Output = Activations.Allocate(planned.Output, input.Images, buffers, learned: weight.Gradient is not null || input.Gradient is not null);
        var shape = Shape(planned, Matrix.PadRows(input.Images), input.Values.Columns, Output.Values.Columns);
        _biasGradient = bias?.Gradient;
        _forward = kernels.Convolve(shape, input.Values, weight.Values, bias?.Values, Output.Values, rectify);
        _weightGradient = weight.Gradient is { } learned ? kernels.ConvolutionWeightGradient(shape, input.Values, Output.Gradient!.Value, learned) : null;
        _inputGradient = input.Gradient is { } target ? kernels.ConvolutionInputGradient(shape, Output.Gradient!.Value, weight.Values, target) : null;
    }

    public Activations Output { get; }

    public void Predict() => _forward.Run();

    public void Forward(in TrainingStep step) => _forward.Run();

    public void Backward(in TrainingStep step)
    {
        if (_biasGradient is { } bias) Columns.Sum(Output.Gradient!.Value, bias.Start);
        _weightGradient?.Run();
        _inputGradient?.Run();
    }

    internal static Convolution Shape(PlannedLayer planned, int images, int channels, int filters)
    {
        var conv = (LayerSpec.Conv)planned.Spec;
        return new Convolution(
            images, planned.Input.Height, planned.Input.Width, channels, filters, conv.Kernel, conv.Stride, conv.Before,
            planned.Output.Height, planned.Output.Width);
    }
}
