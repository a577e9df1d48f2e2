using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Layers;

/// <summary>Sums down the columns of a matrix, row after row, so that the vector width changes no bit.</summary>
internal static unsafe class Columns
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(Matrix matrix, float* sums)
    {
        for (nint column = 0; column < matrix.Columns; column += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (nint i = column; i < matrix.Count; i += matrix.Columns) sum += Vector.Load(matrix.Start + i);
            Vector.Store(sum, sums + column);
        }
    }
}
