using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FashionSweep.Training.Kernels.Managed;

/// <summary>The products in C# alone: what runs where oneDNN is missing, and the oracle for its results.</summary>
internal sealed class ManagedKernels : IKernels
{
    private readonly NativeBuffers _buffers = new();

    public static string Description =>
        Vector512.IsHardwareAccelerated ? "managed Vector512" : $"managed Vector{Vector<byte>.Count * 8}";

    public unsafe IProduct Forward(Matrix input, Matrix weight, Matrix bias, Matrix output, bool rectify) =>
        new Product(() => Gemm.Run(input.Start, input.Columns, 1, weight, input.Columns, bias.Start, output, rectify));

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

    public void Dispose() => _buffers.Dispose();

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
