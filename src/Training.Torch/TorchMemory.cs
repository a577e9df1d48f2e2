using FashionSweep.Training.Kernels;
using static TorchSharp.torch;

namespace FashionSweep.Training.Torch;

/// <summary>
/// Tensors of a model's life, all on memory that never moves: what the product writes there by its address, libtorch reads, and the other way round.
/// </summary>
internal sealed unsafe class TorchMemory : IDisposable
{
    private readonly List<Tensor> _kept = [];

    /// <summary>So many zeros.</summary>
    /// <returns>The address is on a boundary of 64 bytes, as libtorch allocates.</returns>
    public (Tensor Flat, nint Start) Allocate(nint count)
    {
        var flat = Keep(zeros(count, ScalarType.Float32));
        using var first = flat.narrow(0, 0, 1);
        fixed (byte* start = first.bytes) return (flat, (nint)start);
    }

    /// <summary>The same, padded as <see cref="Matrix"/> wants it.</summary>
    public (Tensor Flat, Matrix Matrix) Allocate(int rows, int columns)
    {
        var (paddedRows, paddedColumns) = (Matrix.PadRows(rows), Matrix.PadColumns(columns));
        var (flat, start) = Allocate((nint)paddedRows * paddedColumns);
        return (flat, new Matrix((float*)start, paddedRows, paddedColumns));
    }

    /// <summary>Part of a tensor in some shape, on its memory.</summary>
    public Tensor View(Tensor flat, long[] shape, long[] strides, long offset = 0) => Keep(flat.as_strided(shape, strides, offset));

    public void Dispose()
    {
        foreach (var tensor in _kept) tensor.Dispose();
        _kept.Clear();
    }

    private Tensor Keep(Tensor tensor)
    {
        _kept.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
