using System.Numerics;
using System.Runtime.CompilerServices;
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

    public void Predict() => Pool(_input.Values.Start, Output.Values.Start, _shape);

    public void Forward(in TrainingStep step) => Predict();

    public void Backward(in TrainingStep step)
    {
        if (_input.Gradient is not { } target || Output.Gradient is not { } gradient) return;
        target.Clear();
        Spread(gradient.Start, target.Start, _shape);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pool(float* from, float* to, in PoolShape shape)
    {
        var share = new Vector<float>(1f / (shape.Size * shape.Size));
        for (var window = 0; window < shape.Windows; window++, to += shape.Channels)
        {
            var first = from + shape.Start(window);
            for (nint channel = 0; channel < shape.Channels; channel += Vector<float>.Count)
            {
                var sum = Vector<float>.Zero;
                for (var row = 0; row < shape.Size; row++)
                    for (var column = 0; column < shape.Size; column++) sum += Vector.Load(first + (row * shape.Line) + ((nint)column * shape.Channels) + channel);
                Vector.Store(sum * share, to + channel);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread(float* gradient, float* to, in PoolShape shape)
    {
        var share = new Vector<float>(1f / (shape.Size * shape.Size));
        for (var window = 0; window < shape.Windows; window++, gradient += shape.Channels)
        {
            var first = to + shape.Start(window);
            for (nint channel = 0; channel < shape.Channels; channel += Vector<float>.Count)
            {
                var part = Vector.Load(gradient + channel) * share;
                for (var row = 0; row < shape.Size; row++)
                    for (var column = 0; column < shape.Size; column++)
                    {
                        var at = first + (row * shape.Line) + ((nint)column * shape.Channels) + channel;
                        Vector.Store(Vector.Load(at) + part, at);
                    }
            }
        }
    }
}
