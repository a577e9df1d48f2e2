using System.Numerics;
using System.Runtime.CompilerServices;
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
        Scale(_input.Values, Output.Values, _factor, _offset);
    }

    public void Forward(in TrainingStep step)
    {
        if (_weight.Gradient is null)
        {
            Predict();
            return;
        }
        var rows = _input.RowsOf(step.Images);
        Measure(_input.Values, rows, _mean, _inverse);
        for (var channel = 0; channel < _input.Values.Columns; channel++)
        {
            var variance = _inverse[channel];
            Move(_runningMean, channel, _mean[channel]);
            Move(_runningVariance, channel, rows > 1 ? variance * ((float)rows / (rows - 1)) : variance);
            _inverse[channel] = 1 / MathF.Sqrt(variance + Epsilon);
            _factor[channel] = _weight.Values.Start[channel] * _inverse[channel];
            _offset[channel] = _bias.Values.Start[channel] - (_mean[channel] * _factor[channel]);
        }
        Scale(_input.Values, Output.Values, _factor, _offset);
    }

    public void Backward(in TrainingStep step)
    {
        if (Output.Gradient is not { } gradient || _weight.Gradient is not { } weight || _bias.Gradient is not { } bias) return;
        var rows = _input.RowsOf(step.Images);
        SumGradients(gradient, _input.Values, rows, _mean, _inverse, bias.Start, weight.Start);
        if (_input.Gradient is null) return;
        Through(gradient, _input.Values, rows, weight.Start, bias.Start);
        var rest = (nint)rows * gradient.Columns;
        NativeBuffers.Clear(gradient.Start + rest, gradient.Count - rest);
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
        Combine(gradient, input, rows, _factor, slopes, offsets);
    }

    // Mean first, then the deviations' squares: in one pass they would cancel.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Measure(Matrix values, int rows, float* means, float* variances)
    {
        nint columns = values.Columns, count = rows * columns;
        var share = new Vector<float>(1f / rows);
        for (nint column = 0; column < columns; column += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (var i = column; i < count; i += columns) sum += Vector.Load(values.Start + i);
            var mean = sum * share;
            var squares = Vector<float>.Zero;
            for (var i = column; i < count; i += columns)
            {
                var deviation = Vector.Load(values.Start + i) - mean;
                squares = Vector.MultiplyAddEstimate(deviation, deviation, squares);
            }
            Vector.Store(mean, means + column);
            Vector.Store(squares * share, variances + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(Matrix from, Matrix to, float* factors, float* offsets)
    {
        nint columns = from.Columns;
        for (nint row = 0; row < from.Count; row += columns)
            for (nint column = 0; column < columns; column += Vector<float>.Count)
                Vector.Store(
                    Vector.MultiplyAddEstimate(Vector.Load(from.Start + row + column), Vector.Load(factors + column), Vector.Load(offsets + column)),
                    to.Start + row + column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumGradients(Matrix gradient, Matrix input, int rows, float* means, float* inverses, float* sums, float* products)
    {
        nint columns = input.Columns, count = rows * columns;
        for (nint column = 0; column < columns; column += Vector<float>.Count)
        {
            var (mean, inverse) = (Vector.Load(means + column), Vector.Load(inverses + column));
            var (sum, product) = (Vector<float>.Zero, Vector<float>.Zero);
            for (var i = column; i < count; i += columns)
            {
                var value = Vector.Load(gradient.Start + i);
                sum += value;
                product = Vector.MultiplyAddEstimate(value, (Vector.Load(input.Start + i) - mean) * inverse, product);
            }
            Vector.Store(sum, sums + column);
            Vector.Store(product, products + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine(Matrix gradient, Matrix input, int rows, float* factors, float* slopes, float* offsets)
    {
        nint columns = input.Columns, count = rows * columns;
        var tiny = new Vector<float>(Denormals.Bound);
        for (nint row = 0; row < count; row += columns)
            for (nint column = 0; column < columns; column += Vector<float>.Count)
            {
                var value = Vector.MultiplyAddEstimate(
                    Vector.Load(gradient.Start + row + column), Vector.Load(factors + column), Vector.Load(offsets + column));
                value = Vector.MultiplyAddEstimate(Vector.Load(input.Start + row + column), Vector.Load(slopes + column), value);
                Vector.Store(Denormals.Flush(value, tiny), gradient.Start + row + column);
            }
    }
}
