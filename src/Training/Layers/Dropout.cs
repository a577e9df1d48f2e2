using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Layers;

/// <summary>
/// Inverted dropout: a share of the values becomes 0, the others grow so that the expectation stays. Srivastava et al., "Dropout: A
/// Simple Way to Prevent Neural Networks from Overfitting", JMLR 15, 2014, section 10.
/// </summary>
internal sealed unsafe class Dropout(double rate)
{
    private readonly uint _dropBelow = (uint)Math.Round(rate * uint.MaxValue);

    /// <summary>What a kept value, and its gradient, is multiplied by.</summary>
    public float Scale { get; } = (float)(1 / (1 - rate));

    /// <summary>Drops in place. Which values go depends on the stream and the matrix's size, not on the vector width.</summary>
    public void Apply(Matrix values, in RandomStream stream) => Apply(values.Start, values.Count, stream, _dropBelow, Scale);

    // A block's four numbers decide on four values, each in a quarter of its own, so that neighbours come from neighbouring blocks.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply(float* values, nint count, in RandomStream stream, uint dropBelow, float scale)
    {
        var quarter = count / 4;
        var (bound, factor) = (new Vector<uint>(dropBelow), new Vector<float>(scale));
        for (nint i = 0; i < quarter; i += Vector<float>.Count)
        {
            var (w0, w1, w2, w3) = stream.Blocks((uint)i);
            Drop(values + i, w0, bound, factor);
            Drop(values + quarter + i, w1, bound, factor);
            Drop(values + (2 * quarter) + i, w2, bound, factor);
            Drop(values + (3 * quarter) + i, w3, bound, factor);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Drop(float* values, Vector<uint> random, Vector<uint> bound, Vector<float> factor)
    {
        var kept = Vector.GreaterThanOrEqual(random, bound).As<uint, float>();
        Vector.Store(Vector.BitwiseAnd(Vector.Load(values) * factor, kept), values);
    }
}
