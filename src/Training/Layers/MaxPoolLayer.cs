using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Layers;

/// <summary>The largest of each window by channel; of equal ones the first. Which one it was is kept, as one byte a value.</summary>
internal sealed unsafe class MaxPoolLayer : ILayer
{
    private readonly Activations _input;
    private readonly PoolShape _shape;
    private readonly int* _winners;

    public MaxPoolLayer(PlannedLayer planned, int size, int stride, Activations input, NativeBuffers buffers)
    {
        _input = input;
        Output = Activations.Allocate(planned.Output, input.Images, buffers, input.Gradient is not null);
        _shape = new PoolShape(Matrix.PadRows(input.Images), planned.Input, planned.Output, size, stride, input.Values.Columns);
        _winners = (int*)buffers.Allocate(Output.Values.Count);
    }

    public Activations Output { get; }

    public void Predict() => Pool(_input.Values.Start, Output.Values.Start, _winners, _shape);

    public void Forward(in TrainingStep step) => Predict();

    public void Backward(in TrainingStep step)
    {
        if (_input.Gradient is not { } target || Output.Gradient is not { } gradient) return;
        if (_shape.Tiles) Place(gradient.Start, target.Start, _winners, _shape);
        else Add(gradient.Start, target, _winners, _shape);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pool(float* from, float* to, int* winners, in PoolShape shape)
    {
        for (var window = 0; window < shape.Windows; window++, to += shape.Channels, winners += shape.Channels)
        {
            var first = from + shape.Start(window);
            for (nint channel = 0; channel < shape.Channels; channel += Vector<float>.Count)
            {
                var largest = Vector.Load(first + channel);
                var (winner, number) = (Vector<int>.Zero, Vector<int>.Zero);
                for (var row = 0; row < shape.Size; row++)
                    for (var column = 0; column < shape.Size; column++, number += Vector<int>.One)
                    {
                        var value = Vector.Load(first + (row * shape.Line) + ((nint)column * shape.Channels) + channel);
                        var larger = Vector.GreaterThan(value, largest);
                        largest = Vector.ConditionalSelect(larger, value, largest);
                        winner = Vector.ConditionalSelect(larger, number, winner);
                    }
                Vector.Store(largest, to + channel);
                Vector.Store(winner, winners + channel);
            }
        }
    }

    // Windows that neither overlap nor leave anything out write every value once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Place(float* gradient, float* to, int* winners, in PoolShape shape)
    {
        for (var window = 0; window < shape.Windows; window++, gradient += shape.Channels, winners += shape.Channels)
        {
            var first = to + shape.Start(window);
            for (nint channel = 0; channel < shape.Channels; channel += Vector<float>.Count)
            {
                var (value, winner, number) = (Vector.Load(gradient + channel), Vector.Load(winners + channel), Vector<int>.Zero);
                for (var row = 0; row < shape.Size; row++)
                    for (var column = 0; column < shape.Size; column++, number += Vector<int>.One)
                        Vector.Store(
                            Vector.BitwiseAnd(value, Vector.Equals(winner, number).As<int, float>()),
                            first + (row * shape.Line) + ((nint)column * shape.Channels) + channel);
            }
        }
    }

    private static void Add(float* gradient, Matrix target, int* winners, in PoolShape shape)
    {
        target.Clear();
        for (var window = 0; window < shape.Windows; window++, gradient += shape.Channels, winners += shape.Channels)
        {
            var first = target.Start + shape.Start(window);
            for (var channel = 0; channel < shape.Channels; channel++)
            {
                var (row, column) = Math.DivRem(winners[channel], shape.Size);
                first[(row * shape.Line) + ((nint)column * shape.Channels) + channel] += gradient[channel];
            }
        }
    }
}
