using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>
/// ReLU, and dropout behind it on demand, in place. A value is 0 where one of them made it so, and there the gradient stops: no mask needs to be kept.
/// </summary>
/// <param name="fused">The layer before has already cut off what is below 0.</param>
/// <param name="number">Of the dropout among the model's, from 0.</param>
internal sealed unsafe class Rectifier(Activations values, bool fused, double dropoutRate, int number) : ILayer
{
    private readonly Dropout? _dropout = dropoutRate > 0 ? new Dropout(dropoutRate) : null;

    public Activations Output { get; } = values;

    public void Predict()
    {
        if (fused) return;
        if (Vector512.IsHardwareAccelerated) Rectify<WideFloats>(Output.Values);
        else Rectify<UsualFloats>(Output.Values);
    }

    public void Forward(in TrainingStep step)
    {
        Predict();
        _dropout?.Apply(Output.Values, new RandomStream(step.Seed, Purpose.Dropout, number, step.Epoch, step.Number));
    }

    public void Backward(in TrainingStep step)
    {
        if (Output.Gradient is not { } gradient) return;
        if (Vector512.IsHardwareAccelerated) Stop<WideFloats>(gradient, Output.Values, _dropout?.Scale ?? 1);
        else Stop<UsualFloats>(gradient, Output.Values, _dropout?.Scale ?? 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rectify<T>(Matrix values)
        where T : struct, IFloats<T>
    {
        for (nint i = 0; i < values.Count; i += T.Count)
            T.Max(T.Load(values.Start + i), T.Of(0)).Store(values.Start + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stop<T>(Matrix gradient, Matrix output, float scale)
        where T : struct, IFloats<T>
    {
        var (factor, tiny) = (T.Of(scale), T.Of(Denormals.Bound));
        for (nint i = 0; i < gradient.Count; i += T.Count)
        {
            var passes = T.GreaterThan(T.Load(output.Start + i), T.Of(0));
            var passed = T.And(T.Load(gradient.Start + i) * factor, passes);
            Denormals.Flush(passed, tiny).Store(gradient.Start + i);
        }
    }
}
