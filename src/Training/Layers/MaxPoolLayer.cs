using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>The largest of each window by channel; of equal ones the first. Which one it was is kept for the way back.</summary>
internal sealed unsafe class MaxPoolLayer : ILayer
{
    private readonly Activations _input;
    private readonly PoolShape _shape;
    private readonly float* _winners;

    public MaxPoolLayer(PlannedLayer planned, int size, int stride, Activations input, NativeBuffers buffers)
    {
        _input = input;
        Output = Activations.Allocate(planned.Output, input.Images, buffers, input.Gradient is not null);
        _shape = new PoolShape(Matrix.PadRows(input.Images), planned.Input, planned.Output, size, stride, input.Values.Columns);
        _winners = buffers.Allocate(Output.Values.Count);
    }

    public Activations Output { get; }

    public void Predict()
    {
        if (Vector512.IsHardwareAccelerated) Pool<WideFloats>();
        else Pool<UsualFloats>();
    }

    public void Forward(in TrainingStep step) => Predict();

    public void Backward(in TrainingStep step)
    {
        if (_input.Gradient is not { } target || Output.Gradient is not { } gradient) return;
        if (!_shape.Tiles) target.Clear();
        if (_shape.Overlaps) Add(gradient.Start, target.Start, (int*)_winners, _shape);
        else if (Vector512.IsHardwareAccelerated) Place<WideFloats>(gradient.Start, target.Start);
        else Place<UsualFloats>(gradient.Start, target.Start);
    }

    private void Pool<T>()
        where T : struct, IFloats<T>
    {
        if (_shape.Size == 2) PoolTwo<T>(_input.Values.Start, Output.Values.Start, _winners, _shape);
        else PoolAny<T>(_input.Values.Start, Output.Values.Start, _winners, _shape);
    }

    private void Place<T>(float* gradient, float* to)
        where T : struct, IFloats<T>
    {
        if (_shape.Size == 2) PlaceTwo<T>(gradient, to, _winners, _shape);
        else PlaceAny<T>(gradient, to, _winners, _shape);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PoolAny<T>(float* from, float* to, float* winners, in PoolShape shape)
        where T : struct, IFloats<T>
    {
        for (var window = 0; window < shape.Windows; window++, to += shape.Channels, winners += shape.Channels)
        {
            var first = from + shape.Start(window);
            for (nint channel = 0; channel < shape.Channels; channel += T.Count)
            {
                var largest = T.Load(first + channel);
                var winner = T.OfBits(0);
                for (var row = 0; row < shape.Size; row++)
                    for (var column = 0; column < shape.Size; column++)
                    {
                        var value = T.Load(first + (row * shape.Line) + ((nint)column * shape.Channels) + channel);
                        var larger = T.GreaterThan(value, largest);
                        largest = T.Select(larger, value, largest);
                        winner = T.Select(larger, T.OfBits((row * shape.Size) + column), winner);
                    }
                largest.Store(to + channel);
                winner.Store(winners + channel);
            }
        }
    }

    // The usual size without loops in the window.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PoolTwo<T>(float* from, float* to, float* winners, in PoolShape shape)
        where T : struct, IFloats<T>
    {
        var (one, two, three) = (T.OfBits(1), T.OfBits(2), T.OfBits(3));
        for (var window = 0; window < shape.Windows; window++, to += shape.Channels, winners += shape.Channels)
        {
            var top = from + shape.Start(window);
            var bottom = top + shape.Line;
            for (nint channel = 0; channel < shape.Channels; channel += T.Count)
            {
                var (v0, v1) = (T.Load(top + channel), T.Load(top + shape.Channels + channel));
                var (v2, v3) = (T.Load(bottom + channel), T.Load(bottom + shape.Channels + channel));
                var (right, lower) = (T.GreaterThan(v1, v0), T.GreaterThan(v3, v2));
                var (upperLargest, lowerLargest) = (T.Select(right, v1, v0), T.Select(lower, v3, v2));
                var below = T.GreaterThan(lowerLargest, upperLargest);
                T.Select(below, lowerLargest, upperLargest).Store(to + channel);
                var winner = T.Select(below, T.Select(lower, three, two), T.And(right, one));
                winner.Store(winners + channel);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PlaceTwo<T>(float* gradient, float* to, float* winners, in PoolShape shape)
        where T : struct, IFloats<T>
    {
        var (one, two, three) = (T.OfBits(1), T.OfBits(2), T.OfBits(3));
        for (var window = 0; window < shape.Windows; window++, gradient += shape.Channels, winners += shape.Channels)
        {
            var top = to + shape.Start(window);
            var bottom = top + shape.Line;
            for (nint channel = 0; channel < shape.Channels; channel += T.Count)
            {
                var (value, winner) = (T.Load(gradient + channel), T.Load(winners + channel));
                T.And(value, T.EqualBits(winner, T.OfBits(0))).Store(top + channel);
                T.And(value, T.EqualBits(winner, one)).Store(top + shape.Channels + channel);
                T.And(value, T.EqualBits(winner, two)).Store(bottom + channel);
                T.And(value, T.EqualBits(winner, three)).Store(bottom + shape.Channels + channel);
            }
        }
    }

    // Where windows don't overlap each value is written once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PlaceAny<T>(float* gradient, float* to, float* winners, in PoolShape shape)
        where T : struct, IFloats<T>
    {
        for (var window = 0; window < shape.Windows; window++, gradient += shape.Channels, winners += shape.Channels)
        {
            var first = to + shape.Start(window);
            for (nint channel = 0; channel < shape.Channels; channel += T.Count)
            {
                var (value, winner) = (T.Load(gradient + channel), T.Load(winners + channel));
                for (var row = 0; row < shape.Size; row++)
                    for (var column = 0; column < shape.Size; column++)
                        T.And(value, T.EqualBits(winner, T.OfBits((row * shape.Size) + column)))
                            .Store(first + (row * shape.Line) + ((nint)column * shape.Channels) + channel);
            }
        }
    }

    private static void Add(float* gradient, float* to, int* winners, in PoolShape shape)
    {
        for (var window = 0; window < shape.Windows; window++, gradient += shape.Channels, winners += shape.Channels)
        {
            var first = to + shape.Start(window);
            for (var channel = 0; channel < shape.Channels; channel++)
            {
                var (row, column) = Math.DivRem(winners[channel], shape.Size);
                first[(row * shape.Line) + ((nint)column * shape.Channels) + channel] += gradient[channel];
            }
        }
    }
}
