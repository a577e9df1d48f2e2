using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Shared.Data;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Data;

/// <summary>
/// Brings images into a model's input. They stay bytes until here: scaling costs a hundredth of a step, and floats would take four
/// times the memory and the way to it.
/// </summary>
internal sealed class Batch(Matrix input)
{
    private readonly byte[] _labels = new byte[input.Rows];

    /// <summary>Loads some images, at most as many as the batch has room for, and returns their labels.</summary>
    public ReadOnlySpan<byte> Load(ImageSet images, ReadOnlySpan<int> chosen)
    {
        var pixels = images.Pixels.Length / images.Count;
        for (var row = 0; row < chosen.Length; row++)
        {
            Scale(images.Pixels.AsSpan(chosen[row] * pixels, pixels), input.Row(row));
            _labels[row] = images.Labels[chosen[row]];
        }
        return _labels.AsSpan(0, chosen.Length);
    }

    /// <summary>0..255 to [0, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(ReadOnlySpan<byte> pixels, Span<float> to)
    {
        const float Share = 1f / byte.MaxValue;
        var i = 0;
        for (; i + Vector128<byte>.Count <= pixels.Length; i += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(pixels.Slice(i, Vector128<byte>.Count)));
            Scale(low, to[i..]);
            Scale(high, to[(i + 8)..]);
        }
        for (; i < pixels.Length; i++) to[i] = pixels[i] * Share;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Scale(Vector128<ushort> eight, Span<float> to)
        {
            var (low, high) = Vector128.Widen(eight);
            (Vector128.ConvertToSingle(low.AsInt32()) * Share).CopyTo(to);
            (Vector128.ConvertToSingle(high.AsInt32()) * Share).CopyTo(to[4..]);
        }
    }
}
