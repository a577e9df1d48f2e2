using System.Runtime.InteropServices;

namespace FashionSweep.Training.Kernels;

/// <summary>The memory of one trial: zeroed, aligned for every vector width, never moved, freed together.</summary>
internal sealed unsafe class NativeBuffers : IDisposable
{
    private const int Alignment = 64;

    private readonly List<nint> _blocks = [];

    /// <summary>Room for the given rows and columns, padded as <see cref="Matrix"/> wants it.</summary>
    public Matrix Allocate(int rows, int columns)
    {
        var (paddedRows, paddedColumns) = (Matrix.PadRows(rows), Matrix.PadColumns(columns));
        return new Matrix(Allocate((nint)paddedRows * paddedColumns), paddedRows, paddedColumns);
    }

    public float* Allocate(nint count)
    {
        var bytes = (nuint)count * sizeof(float);
        var block = NativeMemory.AlignedAlloc(Math.Max(bytes, Alignment), Alignment);
        _blocks.Add((nint)block);
        NativeMemory.Clear(block, bytes);
        return (float*)block;
    }

    public static void Clear(float* start, nint count) => NativeMemory.Clear(start, (nuint)count * sizeof(float));

    public void Dispose()
    {
        foreach (var block in _blocks) NativeMemory.AlignedFree((void*)block);
        _blocks.Clear();
    }
}
