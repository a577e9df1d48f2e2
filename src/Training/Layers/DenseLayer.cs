using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>A fully connected layer.</summary>
internal sealed unsafe class DenseLayer : ILayer
{
    private readonly Matrix? _biasGradient;
    private readonly IProduct _forward;
    private readonly IProduct? _weightGradient;
    private readonly IProduct? _inputGradient;

    /// <param name="rectify">Does the work of a <see cref="Rectifier"/>'s forward pass.</param>
    public DenseLayer(Activations input, ParameterTensor weight, ParameterTensor? bias, bool rectify, NativeBuffers buffers, IKernels kernels)
    {
        Output = Activations.Allocate(TensorShape.Vector(weight.Layout.Outputs), input.Images, buffers, learned: weight.Gradient is not null || input.Gradient is not null);
        _biasGradient = bias?.Gradient;
        _forward = kernels.Forward(input.Values, weight.Values, bias?.Values, Output.Values, rectify);
        _weightGradient = weight.Gradient is { } learned ? kernels.WeightGradient(input.Values, Output.Gradient!.Value, learned) : null;
        _inputGradient = input.Gradient is { } target ? kernels.InputGradient(Output.Gradient!.Value, weight.Values, target) : null;
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
}
