using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FashionSweep.Training.Kernels.Managed;

/// <summary>The products in C# alone: what runs where oneDNN is missing, and the oracle for its results.</summary>
internal sealed class ManagedKernels : IKernels
{
    private readonly NativeBuffers _buffers = new();
    private readonly Dictionary<Convolution, WindowChunks> _chunks = [];

    public static string Description =>
        Vector512.IsHardwareAccelerated ? "managed Vector512" : $"managed Vector{Vector<byte>.Count * 8}";

    public unsafe IProduct Forward(Matrix input, Matrix weight, Matrix? bias, Matrix output, bool rectify)
    {
        var row = bias is { } values ? (nint)values.Start : 0;
        return new Product(() => Gemm.Run(input.Start, input.Columns, 1, weight, input.Columns, (float*)row, output, rectify));
    }

    public unsafe IProduct WeightGradient(Matrix input, Matrix outputGradient, Matrix weightGradient) =>
        new Product(() => Gemm.Run(input.Start, 1, input.Columns, outputGradient, input.Rows, null, weightGradient, rectify: false));

    public unsafe IProduct InputGradient(Matrix outputGradient, Matrix weight, Matrix inputGradient)
    {
        // The kernel wants B's rows contiguous. Transposing costs one pass over a weight that the product reads rows times.
        var transposed = _buffers.Allocate(weight.Columns, weight.Rows);
        return new Product(() =>
        {
            Transpose(weight, transposed);
            Gemm.Run(outputGradient.Start, outputGradient.Columns, 1, transposed, outputGradient.Columns, null, inputGradient, rectify: false);
        });
    }

    public unsafe IProduct Convolve(Convolution shape, Matrix images, Matrix weight, Matrix? bias, Matrix output, bool rectify)
    {
        var chunks = Chunks(shape);
        var row = bias is { } values ? (nint)values.Start : 0;
        return new Product(() =>
        {
            for (var first = 0; first < shape.Images; first += chunks.Images)
            {
                chunks.Gather(images, first);
                Gemm.Run(chunks.Rows.Start, chunks.Rows.Columns, 1, weight, shape.Window, (float*)row, chunks.Of(output, first), rectify);
            }
        });
    }

    public unsafe IProduct ConvolutionWeightGradient(Convolution shape, Matrix images, Matrix outputGradient, Matrix weightGradient)
    {
        var chunks = Chunks(shape);
        return new Product(() =>
        {
            for (var first = 0; first < shape.Images; first += chunks.Images)
            {
                chunks.Gather(images, first);
                Gemm.Run(
                    chunks.Rows.Start, 1, chunks.Rows.Columns, chunks.Of(outputGradient, first), chunks.Rows.Rows, null, weightGradient, rectify: false,
                    accumulate: first > 0);
            }
        });
    }

    public unsafe IProduct ConvolutionInputGradient(Convolution shape, Matrix outputGradient, Matrix weight, Matrix inputGradient)
    {
        var chunks = Chunks(shape);
        var transposed = _buffers.Allocate(weight.Columns, weight.Rows);
        return new Product(() =>
        {
            Transpose(weight, transposed);
            inputGradient.Clear();
            for (var first = 0; first < shape.Images; first += chunks.Images)
            {
                var gradient = chunks.Of(outputGradient, first);
                Gemm.Run(gradient.Start, gradient.Columns, 1, transposed, gradient.Columns, null, chunks.Rows, rectify: false);
                chunks.Scatter(inputGradient, first);
            }
        });
    }

    public void Dispose() => _buffers.Dispose();

    // They run one after another, so products of one shape share their rows.
    private WindowChunks Chunks(Convolution shape)
    {
        if (!_chunks.TryGetValue(shape, out var chunks)) _chunks[shape] = chunks = new WindowChunks(shape, _buffers);
        return chunks;
    }

    // Tiles of a cache line each way: written column by column, a wide matrix would miss on every element.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Transpose(Matrix from, Matrix to)
    {
        const int Tile = 16;
        for (var top = 0; top < from.Rows; top += Tile)
            for (var left = 0; left < from.Columns; left += Tile)
                for (var column = left; column < left + Tile; column++)
                {
                    var source = from.Start + ((nint)top * from.Columns) + column;
                    var target = to.Start + ((nint)column * to.Columns) + top;
                    for (var i = 0; i < Tile; i++) target[i] = source[i * (nint)from.Columns];
                }
    }

    private sealed class Product(Action run) : IProduct
    {
        public void Run() => run();
    }
}
