using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>The mean of each window by channel; with a window as large as the image, that of the whole channel.</summary>
internal sealed unsafe class AveragePoolLayer : ILayer
{
    private readonly Activations _input;
    private readonly PoolShape _shape;

    public AveragePoolLayer(PlannedLayer planned, int size, int stride, Activations input, NativeBuffers buffers)
    {
        _input = input;
        Output = Activations.Allocate(planned.Output, input.Images, buffers, input.Gradient is not null);
        _shape = new PoolShape(Matrix.PadRows(input.Images), planned.Input, planned.Output, size, stride, input.Values.Columns);
    }

    public Activations Output { get; }

    public void Predict()
    {
        if (Vector512.IsHardwareAccelerated) Pool<WideFloats>(_input.Values.Start, Output.Values.Start, _shape);
        else Pool<UsualFloats>(_input.Values.Start, Output.Values.Start, _shape);
    }

    public void Forward(in TrainingStep step) => Predict();

    public void Backward(in TrainingStep step)
    {
        if (_input.Gradient is not { } target || Output.Gradient is not { } gradient) return;
        target.Clear();
        if (Vector512.IsHardwareAccelerated) Spread<WideFloats>(gradient.Start, target.Start, _shape);
        else Spread<UsualFloats>(gradient.Start, target.Start, _shape);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pool<T>(float* from, float* to, in PoolShape shape)
        where T : struct, IFloats<T>
    {
        var share = T.Of(1f / (shape.Size * shape.Size));
        for (var window = 0; window < shape.Windows; window++, to += shape.Channels)
        {
            var first = from + shape.Start(window);
            for (nint channel = 0; channel < shape.Channels; channel += T.Count)
            {
                var sum = T.Of(0);
                for (var row = 0; row < shape.Size; row++)
                    for (var column = 0; column < shape.Size; column++)
                        sum += T.Load(first + (row * shape.Line) + ((nint)column * shape.Channels) + channel);
                (sum * share).Store(to + channel);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread<T>(float* gradient, float* to, in PoolShape shape)
        where T : struct, IFloats<T>
    {
        var share = T.Of(1f / (shape.Size * shape.Size));
        for (var window = 0; window < shape.Windows; window++, gradient += shape.Channels)
        {
            var first = to + shape.Start(window);
            for (nint channel = 0; channel < shape.Channels; channel += T.Count)
            {
                var part = T.Load(gradient + channel) * share;
                for (var row = 0; row < shape.Size; row++)
                    for (var column = 0; column < shape.Size; column++)
                    {
                        var at = first + (row * shape.Line) + ((nint)column * shape.Channels) + channel;
                        (T.Load(at) + part).Store(at);
                    }
            }
        }
    }
}
