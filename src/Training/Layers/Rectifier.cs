using System.Numerics;
using System.Runtime.CompilerServices;
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
        if (!fused) Rectify(Output.Values);
    }

    public void Forward(in TrainingStep step)
    {
        if (!fused) Rectify(Output.Values);
        _dropout?.Apply(Output.Values, new RandomStream(step.Seed, Purpose.Dropout, number, step.Epoch, step.Number));
    }

    public void Backward(in TrainingStep step)
    {
        if (Output.Gradient is { } gradient) Stop(gradient, Output.Values, _dropout?.Scale ?? 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rectify(Matrix values)
    {
        for (nint i = 0; i < values.Count; i += Vector<float>.Count)
            Vector.Store(Vector.Max(Vector.Load(values.Start + i), Vector<float>.Zero), values.Start + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stop(Matrix gradient, Matrix output, float scale)
    {
        var (factor, tiny) = (new Vector<float>(scale), new Vector<float>(Denormals.Bound));
        for (nint i = 0; i < gradient.Count; i += Vector<float>.Count)
        {
            var passes = Vector.GreaterThan(Vector.Load(output.Start + i), Vector<float>.Zero).As<int, float>();
            var passed = Vector.BitwiseAnd(Vector.Load(gradient.Start + i) * factor, passes);
            Vector.Store(Denormals.Flush(passed, tiny), gradient.Start + i);
        }
    }
}
