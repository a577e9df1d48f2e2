using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>Where a training step is in its trial: what its random numbers follow from.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Number">Within the epoch, from 1.</param>
internal readonly record struct TrainingStep(ulong Seed, int Epoch, int Number);

/// <summary>A fully connected layer; a hidden one with ReLU and dropout behind it.</summary>
internal sealed unsafe class DenseLayer
{
    private readonly int _number;
    private readonly bool _hidden;
    private readonly Dropout? _dropout;
    private readonly DenseParameters _parameters;
    private readonly IProduct _forward;
    private readonly IProduct _weightGradient;
    private readonly IProduct? _inputGradient;

    /// <param name="number">From 0 at the input.</param>
    /// <param name="input">[rows, inputs]: the images, or the output of the layer before.</param>
    /// <param name="inputGradient">Of the same shape, or null where nothing before learns.</param>
    public DenseLayer(
        int number, bool hidden, double dropout, DenseParameters parameters, Matrix input, Matrix? inputGradient, NativeBuffers buffers, IKernels kernels)
    {
        _number = number;
        _hidden = hidden;
        _dropout = hidden && dropout > 0 ? new Dropout(dropout) : null;
        _parameters = parameters;
        Output = buffers.Allocate(input.Rows, parameters.Outputs);
        OutputGradient = buffers.Allocate(input.Rows, parameters.Outputs);
        _forward = kernels.Forward(input, parameters.Weight, parameters.Bias, Output, rectify: hidden);
        _weightGradient = kernels.WeightGradient(input, OutputGradient, parameters.WeightGradient);
        _inputGradient = inputGradient is { } target ? kernels.InputGradient(OutputGradient, parameters.Weight, target) : null;
    }

    public Matrix Output { get; }

    public Matrix OutputGradient { get; }

    public void Predict() => _forward.Run();

    public void Forward(TrainingStep step)
    {
        _forward.Run();
        _dropout?.Apply(Output, new RandomStream(step.Seed, Purpose.Dropout, _number, step.Epoch, step.Number));
    }

    /// <summary>From <see cref="OutputGradient"/> to the gradients of the parameters and of the input.</summary>
    public void Backward()
    {
        if (_hidden) ThroughActivation(OutputGradient, Output, _dropout?.Scale ?? 1);
        SumRows(OutputGradient, _parameters.BiasGradient.Start);
        _weightGradient.Run();
        _inputGradient?.Run();
    }

    // A value is 0 where ReLU or dropout made it so, and there the gradient stops: no mask needs to be kept.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ThroughActivation(Matrix gradient, Matrix output, float scale)
    {
        var (factor, tiny) = (new Vector<float>(scale), new Vector<float>(Denormals.Bound));
        for (nint i = 0; i < gradient.Count; i += Vector<float>.Count)
        {
            var passes = Vector.GreaterThan(Vector.Load(output.Start + i), Vector<float>.Zero).As<int, float>();
            var passed = Vector.BitwiseAnd(Vector.Load(gradient.Start + i) * factor, passes);
            Vector.Store(Denormals.Flush(passed, tiny), gradient.Start + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumRows(Matrix matrix, float* sums)
    {
        for (nint column = 0; column < matrix.Columns; column += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (nint i = column; i < matrix.Count; i += matrix.Columns) sum += Vector.Load(matrix.Start + i);
            Vector.Store(sum, sums + column);
        }
    }
}
