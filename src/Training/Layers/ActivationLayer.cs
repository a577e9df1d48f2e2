using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

    private static void Run<TCurve>(Matrix from, Matrix to)
        where TCurve : struct, ICurve
    {
        if (Vector512.IsHardwareAccelerated) Run<TCurve, WideFloats>(from, to);
        else Run<TCurve, UsualFloats>(from, to);
    }

    private static void Derive<TCurve>(Matrix gradient, Matrix at)
        where TCurve : struct, ICurve
    {
        if (Vector512.IsHardwareAccelerated) Derive<TCurve, WideFloats>(gradient, at);
        else Derive<TCurve, UsualFloats>(gradient, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TCurve, T>(Matrix from, Matrix to)
        where TCurve : struct, ICurve
        where T : struct, IFloats<T>
    {
        for (nint i = 0; i < from.Count; i += T.Count) TCurve.Value(T.Load(from.Start + i)).Store(to.Start + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Derive<TCurve, T>(Matrix gradient, Matrix at)
        where TCurve : struct, ICurve
        where T : struct, IFloats<T>
    {
        var tiny = T.Of(Denormals.Bound);
        for (nint i = 0; i < gradient.Count; i += T.Count)
            Denormals.Flush(T.Load(gradient.Start + i) * TCurve.Slope(T.Load(at.Start + i)), tiny).Store(gradient.Start + i);
    }
}
