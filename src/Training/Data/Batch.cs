using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Shared.Data;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Data;

/// <summary>
/// Brings images into a model's input. They stay bytes until here: scaling costs a hundredth of a step, and floats would take four
/// times the memory and the way to it.
/// </summary>
internal sealed class Batch(Matrix input, PixelScaling scaling)
{
    private readonly byte[] _labels = new byte[input.Rows];

    /// <summary>Loads some images, at most as many as the batch has room for, and returns their labels.</summary>
    public ReadOnlySpan<byte> Load(ImageSet images, ReadOnlySpan<int> chosen)
    {
        var pixels = images.Pixels.Length / images.Count;
        for (var row = 0; row < chosen.Length; row++)
        {
            var image = images.Pixels.AsSpan(chosen[row] * pixels, pixels);
            var (factor, offset) = scaling.For(image);
            Scale(image, input.Row(row), factor, offset);
            _labels[row] = images.Labels[chosen[row]];
        }
        return _labels.AsSpan(0, chosen.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(ReadOnlySpan<byte> pixels, Span<float> to, float factor, float offset)
    {
        var i = 0;
        for (; i + Vector128<byte>.Count <= pixels.Length; i += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(pixels.Slice(i, Vector128<byte>.Count)));
            ScaleEight(low, to[i..], factor, offset);
            ScaleEight(high, to[(i + 8)..], factor, offset);
        }
        for (; i < pixels.Length; i++) to[i] = (pixels[i] * factor) + offset;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ScaleEight(Vector128<ushort> eight, Span<float> to, float factor, float offset)
    {
        var (low, high) = Vector128.Widen(eight);
        ((Vector128.ConvertToSingle(low.AsInt32()) * factor) + Vector128.Create(offset)).CopyTo(to);
        ((Vector128.ConvertToSingle(high.AsInt32()) * factor) + Vector128.Create(offset)).CopyTo(to[4..]);
    }
}
