using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>An activation other than ReLU. What comes in is kept for the derivative; the gradient is worked on in place.</summary>
internal sealed unsafe class ActivationLayer(Activation activation, Activations input, NativeBuffers buffers) : ILayer
{
    public Activations Output { get; } = input with { Values = buffers.Allocate(input.Values.Rows, input.Values.Columns) };

    public void Predict()
    {
        switch (activation)
        {
            case Activation.LeakyRelu: Run<Curves.LeakyRelu>(input.Values, Output.Values); break;
            case Activation.Elu: Run<Curves.Elu>(input.Values, Output.Values); break;
            case Activation.Gelu: Run<Curves.Gelu>(input.Values, Output.Values); break;
            case Activation.Silu: Run<Curves.Silu>(input.Values, Output.Values); break;
            case Activation.Tanh: Run<Curves.Tanh>(input.Values, Output.Values); break;
            case Activation.Sigmoid:
                Run<Curves.Sigmoid>(input.Values, Output.Values);
                ClearPadding();
                break;
            default: throw new InvalidOperationException($"No curve of {activation}.");
        }
    }

    public void Forward(in TrainingStep step) => Predict();

    public void Backward(in TrainingStep step)
    {
        if (input.Gradient is not { } gradient) return;
        switch (activation)
        {
            case Activation.LeakyRelu: Derive<Curves.LeakyRelu>(gradient, input.Values); break;
            case Activation.Elu: Derive<Curves.Elu>(gradient, input.Values); break;
            case Activation.Gelu: Derive<Curves.Gelu>(gradient, input.Values); break;
            case Activation.Silu: Derive<Curves.Silu>(gradient, input.Values); break;
            case Activation.Tanh: Derive<Curves.Tanh>(gradient, input.Values); break;
            case Activation.Sigmoid: Derive<Curves.Sigmoid>(gradient, input.Values); break;
            default: throw new InvalidOperationException($"No curve of {activation}.");
        }
    }

    // Of all activations the sigmoid alone makes something of the zeros that pad the columns.
    private void ClearPadding()
    {
        var (used, columns) = (input.Shape.Channels, Output.Values.Columns);
        if (used == columns) return;
        for (var row = 0; row < Output.Values.Rows; row++) Output.Values.Row(row)[used..].Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TCurve>(Matrix from, Matrix to)
        where TCurve : struct, ICurve
    {
        for (nint i = 0; i < from.Count; i += Vector<float>.Count) Vector.Store(TCurve.Value(Vector.Load(from.Start + i)), to.Start + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Derive<TCurve>(Matrix gradient, Matrix at)
        where TCurve : struct, ICurve
    {
        var tiny = new Vector<float>(Denormals.Bound);
        for (nint i = 0; i < gradient.Count; i += Vector<float>.Count)
            Vector.Store(Denormals.Flush(Vector.Load(gradient.Start + i) * TCurve.Slope(Vector.Load(at.Start + i)), tiny), gradient.Start + i);
    }
}
