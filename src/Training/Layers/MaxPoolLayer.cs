using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>The largest of each window by channel; of equal ones the first. Which one it was is kept for the way back.</summary>
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

    public void Predict()
    {
        if (_shape.Size == 2) PoolTwo(_input.Values.Start, Output.Values.Start, _winners, _shape);
        else Pool(_input.Values.Start, Output.Values.Start, _winners, _shape);
    }

    public void Forward(in TrainingStep step) => Predict();

    public void Backward(in TrainingStep step)
    {
        if (_input.Gradient is not { } target || Output.Gradient is not { } gradient) return;
        if (!_shape.Tiles) target.Clear();
        if (_shape.Overlaps) Add(gradient.Start, target.Start, _winners, _shape);
        else if (_shape.Size == 2) PlaceTwo(gradient.Start, target.Start, _winners, _shape);
        else Place(gradient.Start, target.Start, _winners, _shape);
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

    // The usual size without loops in the window.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PoolTwo(float* from, float* to, int* winners, in PoolShape shape)
    {
        var (one, two, three) = (Vector<int>.One, new Vector<int>(2), new Vector<int>(3));
        for (var window = 0; window < shape.Windows; window++, to += shape.Channels, winners += shape.Channels)
        {
            var top = from + shape.Start(window);
            var bottom = top + shape.Line;
            for (nint channel = 0; channel < shape.Channels; channel += Vector<float>.Count)
            {
                var (v0, v1) = (Vector.Load(top + channel), Vector.Load(top + shape.Channels + channel));
                var (v2, v3) = (Vector.Load(bottom + channel), Vector.Load(bottom + shape.Channels + channel));
                var (right, lower) = (Vector.GreaterThan(v1, v0), Vector.GreaterThan(v3, v2));
                var (upperLargest, lowerLargest) = (Vector.ConditionalSelect(right, v1, v0), Vector.ConditionalSelect(lower, v3, v2));
                var below = Vector.GreaterThan(lowerLargest, upperLargest);
                Vector.Store(Vector.ConditionalSelect(below, lowerLargest, upperLargest), to + channel);
                var winner = Vector.ConditionalSelect(below, Vector.ConditionalSelect(lower, three, two), Vector.BitwiseAnd(right, one));
                Vector.Store(winner, winners + channel);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PlaceTwo(float* gradient, float* to, int* winners, in PoolShape shape)
    {
        var (one, two, three) = (Vector<int>.One, new Vector<int>(2), new Vector<int>(3));
        for (var window = 0; window < shape.Windows; window++, gradient += shape.Channels, winners += shape.Channels)
        {
            var top = to + shape.Start(window);
            var bottom = top + shape.Line;
            for (nint channel = 0; channel < shape.Channels; channel += Vector<float>.Count)
            {
                var (value, winner) = (Vector.Load(gradient + channel), Vector.Load(winners + channel));
                Vector.Store(Vector.BitwiseAnd(value, Vector.Equals(winner, Vector<int>.Zero).As<int, float>()), top + channel);
                Vector.Store(Vector.BitwiseAnd(value, Vector.Equals(winner, one).As<int, float>()), top + shape.Channels + channel);
                Vector.Store(Vector.BitwiseAnd(value, Vector.Equals(winner, two).As<int, float>()), bottom + channel);
                Vector.Store(Vector.BitwiseAnd(value, Vector.Equals(winner, three).As<int, float>()), bottom + shape.Channels + channel);
            }
        }
    }

    // Where windows don't overlap each value is written once.
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
