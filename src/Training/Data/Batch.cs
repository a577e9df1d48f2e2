using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Shared.Data;
using FashionSweep.Training.Data.Augmentation;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Data;

/// <summary>
/// Brings images into a model's input. They stay bytes until here: scaling costs a hundredth of a step, and floats would take four
/// times the memory and the way to it.
/// </summary>
/// <param name="augmentation">Of training images; null leaves them as they are.</param>
internal sealed class Batch(Matrix input, PixelScaling scaling, ImageAugmentation? augmentation = null)
{
    private readonly byte[] _labels = new byte[input.Rows];

    /// <summary>Loads some images, at most as many as the batch has room for, and returns their labels.</summary>
    public ReadOnlySpan<byte> Load(ImageSet images, ReadOnlySpan<int> chosen)
    {
        for (var row = 0; row < chosen.Length; row++) Load(images, chosen[row], row, Pixels(images, chosen[row]));
        return _labels.AsSpan(0, chosen.Length);
    }

    /// <summary>The same for training: each image is changed as its place in the step says.</summary>
    public ReadOnlySpan<byte> Load(ImageSet images, ReadOnlySpan<int> chosen, TrainingStep step)
    {
        if (augmentation is null) return Load(images, chosen);
        for (var row = 0; row < chosen.Length; row++)
        {
            var numbers = new RandomStream(step.Seed, Purpose.Augmentation, row, step.Epoch, step.Number);
            Load(images, chosen[row], row, augmentation.Change(Pixels(images, chosen[row]), numbers));
        }
        return _labels.AsSpan(0, chosen.Length);
    }

    /// <summary>Loads images of which nobody knows the class, one after another; what stands for their labels is 0.</summary>
    public ReadOnlySpan<byte> Load(ReadOnlySpan<byte> pixels, int images)
    {
        var size = pixels.Length / images;
        for (var row = 0; row < images; row++) Scale(pixels.Slice(row * size, size), row);
        _labels.AsSpan(0, images).Clear();
        return _labels.AsSpan(0, images);
    }

    private void Load(ImageSet images, int image, int row, ReadOnlySpan<byte> pixels)
    {
        Scale(pixels, row);
        _labels[row] = images.Labels[image];
    }

    private void Scale(ReadOnlySpan<byte> pixels, int row)
    {
        var (factor, offset) = scaling.For(pixels);
        Scale(pixels, input.Row(row), factor, offset);
    }

    private static ReadOnlySpan<byte> Pixels(ImageSet images, int image)
    {
        var pixels = images.Pixels.Length / images.Count;
        return images.Pixels.AsSpan(image * pixels, pixels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(ReadOnlySpan<byte> pixels, Span<float> to, float factor, float offset)
    {
        var i = 0;
        for (; i + Vector128<byte>.Count <= pixels.Length; i += Vector128<byte>.Count)
        {
            var sixteen = Vector128.Create(pixels.Slice(i, Vector128<byte>.Count));
            if (Vector512.IsHardwareAccelerated)
            {
                var wide = Vector512.WidenLower(Vector256.WidenLower(sixteen.ToVector256Unsafe()).ToVector512Unsafe());
                ((Vector512.ConvertToSingle(wide.AsInt32()) * factor) + Vector512.Create(offset)).CopyTo(to[i..]);
                continue;
            }
            var (low, high) = Vector128.Widen(sixteen);
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
