using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>
/// Batch normalization as <c>torch.nn.BatchNorm2d</c> defines it: by the batch's own mean and biased variance while training, which move the
/// running ones by a tenth, the variance unbiased. A frozen one goes by the running ones always. Ioffe, Szegedy, ICML 2015, algorithm 1.
/// </summary>
internal sealed unsafe class BatchNormLayer : ILayer
{
    private const float Epsilon = (float)LayerSpec.BatchNorm.Epsilon;
    private const float Momentum = 0.1f;

    private readonly Activations _input;
    private readonly ParameterTensor _weight;
    private readonly ParameterTensor _bias;
    private readonly ParameterTensor _runningMean;
    private readonly ParameterTensor _runningVariance;
    private readonly float* _mean;
    private readonly float* _inverse;
    private readonly float* _factor;
    private readonly float* _offset;

    /// <param name="tensors">Weight, bias, running mean and running variance.</param>
    public BatchNormLayer(Activations input, IReadOnlyList<ParameterTensor> tensors, NativeBuffers buffers)
    {
        _input = input;
        (_weight, _bias, _runningMean, _runningVariance) = (tensors[0], tensors[1], tensors[2], tensors[3]);
        // The gradient is worked on in place where something before learns.
        var gradient = input.Gradient ?? (_weight.Gradient is null ? null : buffers.Allocate(input.Values.Rows, input.Values.Columns));
        Output = new Activations(input.Shape, input.Images, buffers.Allocate(input.Values.Rows, input.Values.Columns), gradient);
        _mean = buffers.Allocate(input.Values.Columns);
        _inverse = buffers.Allocate(input.Values.Columns);
        _factor = buffers.Allocate(input.Values.Columns);
        _offset = buffers.Allocate(input.Values.Columns);
    }

    public Activations Output { get; }

    public void Predict()
    {
        for (var channel = 0; channel < _input.Values.Columns; channel++)
        {
            var inverse = 1 / MathF.Sqrt(_runningVariance.Values.Start[channel] + Epsilon);
            _factor[channel] = _weight.Values.Start[channel] * inverse;
            _offset[channel] = _bias.Values.Start[channel] - (_runningMean.Values.Start[channel] * _factor[channel]);
        }
        Scale();
    }

    public void Forward(in TrainingStep step)
    {
        if (_weight.Gradient is null)
        {
            Predict();
            return;
        }
        var rows = _input.RowsOf(step.Images);
        if (Vector512.IsHardwareAccelerated) Measure<WideFloats>(_input.Values, rows, _mean, _inverse);
        else Measure<UsualFloats>(_input.Values, rows, _mean, _inverse);
        for (var channel = 0; channel < _input.Values.Columns; channel++)
        {
            var variance = _inverse[channel];
            Move(_runningMean, channel, _mean[channel]);
            Move(_runningVariance, channel, rows > 1 ? variance * ((float)rows / (rows - 1)) : variance);
            _inverse[channel] = 1 / MathF.Sqrt(variance + Epsilon);
            _factor[channel] = _weight.Values.Start[channel] * _inverse[channel];
            _offset[channel] = _bias.Values.Start[channel] - (_mean[channel] * _factor[channel]);
        }
        Scale();
    }

    public void Backward(in TrainingStep step)
    {
        if (Output.Gradient is not { } gradient || _weight.Gradient is not { } weight || _bias.Gradient is not { } bias) return;
        var rows = _input.RowsOf(step.Images);
        if (Vector512.IsHardwareAccelerated) SumGradients<WideFloats>(gradient, rows, bias.Start, weight.Start);
        else SumGradients<UsualFloats>(gradient, rows, bias.Start, weight.Start);
        if (_input.Gradient is null) return;
        Through(gradient, _input.Values, rows, weight.Start, bias.Start);
        var rest = (nint)rows * gradient.Columns;
        NativeBuffers.Clear(gradient.Start + rest, gradient.Count - rest);
    }

    private void Scale()
    {
        if (Vector512.IsHardwareAccelerated) Scale<WideFloats>(_input.Values, Output.Values, _factor, _offset);
        else Scale<UsualFloats>(_input.Values, Output.Values, _factor, _offset);
    }

    private static void Move(ParameterTensor running, int channel, float to)
    {
        ref var value = ref running.Values.Start[channel];
        value += Momentum * (to - value);
    }

    // dx = γ/σ (dy - mean(dy) - x̂ mean(dy x̂)), as factor·dy + slope·x + offset.
    private void Through(Matrix gradient, Matrix input, int rows, float* products, float* sums)
    {
        var slopes = stackalloc float[gradient.Columns];
        var offsets = stackalloc float[gradient.Columns];
        for (var channel = 0; channel < gradient.Columns; channel++)
        {
            var slope = -_factor[channel] * _inverse[channel] * (products[channel] / rows);
            slopes[channel] = slope;
            offsets[channel] = (-_factor[channel] * (sums[channel] / rows)) - (slope * _mean[channel]);
        }
        if (Vector512.IsHardwareAccelerated) Combine<WideFloats>(gradient, input, rows, _factor, slopes, offsets);
        else Combine<UsualFloats>(gradient, input, rows, _factor, slopes, offsets);
    }

    // Mean first, then the deviations' squares: in one pass they would cancel.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Measure<T>(Matrix values, int rows, float* means, float* variances)
        where T : struct, IFloats<T>
    {
        nint columns = values.Columns, count = rows * columns;
        var share = T.Of(1f / rows);
        for (nint column = 0; column < columns; column += T.Count)
        {
            var sum = T.Of(0);
            for (var i = column; i < count; i += columns) sum += T.Load(values.Start + i);
            var mean = sum * share;
            var squares = T.Of(0);
            for (var i = column; i < count; i += columns)
            {
                var deviation = T.Load(values.Start + i) - mean;
                squares = T.MultiplyAdd(deviation, deviation, squares);
            }
            mean.Store(means + column);
            (squares * share).Store(variances + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale<T>(Matrix from, Matrix to, float* factors, float* offsets)
        where T : struct, IFloats<T>
    {
        nint columns = from.Columns;
        for (nint row = 0; row < from.Count; row += columns)
            for (nint column = 0; column < columns; column += T.Count)
                T.MultiplyAdd(T.Load(from.Start + row + column), T.Load(factors + column), T.Load(offsets + column)).Store(to.Start + row + column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumGradients<T>(Matrix gradient, int rows, float* sums, float* products)
        where T : struct, IFloats<T>
    {
        var input = _input.Values;
        nint columns = input.Columns, count = rows * columns;
        for (nint column = 0; column < columns; column += T.Count)
        {
            var (mean, inverse) = (T.Load(_mean + column), T.Load(_inverse + column));
            var (sum, product) = (T.Of(0), T.Of(0));
            for (var i = column; i < count; i += columns)
            {
                var value = T.Load(gradient.Start + i);
                sum += value;
                product = T.MultiplyAdd(value, (T.Load(input.Start + i) - mean) * inverse, product);
            }
            sum.Store(sums + column);
            product.Store(products + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine<T>(Matrix gradient, Matrix input, int rows, float* factors, float* slopes, float* offsets)
        where T : struct, IFloats<T>
    {
        nint columns = input.Columns, count = rows * columns;
        var tiny = T.Of(Denormals.Bound);
        for (nint row = 0; row < count; row += columns)
            for (nint column = 0; column < columns; column += T.Count)
            {
                var value = T.MultiplyAdd(T.Load(gradient.Start + row + column), T.Load(factors + column), T.Load(offsets + column));
                value = T.MultiplyAdd(T.Load(input.Start + row + column), T.Load(slopes + column), value);
                Denormals.Flush(value, tiny).Store(gradient.Start + row + column);
            }
    }
}
