using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FashionSweep.Training.Kernels;

/// <summary>Lays the windows of a convolution out as rows, so that it becomes a product of matrices, and back.</summary>
internal static unsafe class Windows
{
    /// <summary>One row of [kernel, kernel, channels] for each window of the given images; what is outside an image is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(in Convolution shape, float* images, int count, float* rows)
    {
        nint line = (nint)shape.Kernel * shape.Channels;
        for (var image = 0; image < count; image++)
        {
            var from = images + ((nint)image * shape.Height * shape.Width * shape.Channels);
            for (var y = 0; y < shape.OutHeight; y++)
                for (var x = 0; x < shape.OutWidth; x++, rows += shape.Window)
                {
                    var (top, left) = ((y * shape.Stride) - shape.PadBefore, (x * shape.Stride) - shape.PadBefore);
                    var (first, last) = (Math.Max(0, -left), Math.Min(shape.Kernel, shape.Width - left));
                    for (var k = 0; k < shape.Kernel; k++)
                    {
                        var to = rows + (k * line);
                        var row = top + k;
                        if (row < 0 || row >= shape.Height) Clear(to, line);
                        else CopyLine(from + (((nint)row * shape.Width) + left + first) * shape.Channels, to, first, last, shape);
                    }
                }
        }
    }

    /// <summary>The reverse: adds each row up where its window lies. The images are to be 0 before.</summary>
    public static void Scatter(in Convolution shape, float* rows, int count, float* images)
    {
        if (Vector512.IsHardwareAccelerated) Scatter<WideFloats>(shape, rows, count, images);
        else Scatter<UsualFloats>(shape, rows, count, images);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<T>(in Convolution shape, float* rows, int count, float* images)
        where T : struct, IFloats<T>
    {
        nint line = (nint)shape.Kernel * shape.Channels;
        for (var image = 0; image < count; image++)
        {
            var to = images + ((nint)image * shape.Height * shape.Width * shape.Channels);
            for (var y = 0; y < shape.OutHeight; y++)
                for (var x = 0; x < shape.OutWidth; x++, rows += shape.Window)
                {
                    var (top, left) = ((y * shape.Stride) - shape.PadBefore, (x * shape.Stride) - shape.PadBefore);
                    var (first, last) = (Math.Max(0, -left), Math.Min(shape.Kernel, shape.Width - left));
                    for (var k = Math.Max(0, -top); k < shape.Kernel && top + k < shape.Height; k++)
                        Add<T>(
                            rows + (k * line) + ((nint)first * shape.Channels),
                            to + ((((nint)(top + k) * shape.Width) + left + first) * shape.Channels),
                            (nint)(last - first) * shape.Channels);
                }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyLine(float* from, float* to, int first, int last, in Convolution shape)
    {
        nint before = (nint)first * shape.Channels, inside = (nint)(last - first) * shape.Channels;
        Clear(to, before);
        Copy(from, to + before, inside);
        Clear(to + before + inside, (nint)(shape.Kernel - last) * shape.Channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(float* to, nint count) => new Span<float>(to, (int)count).Clear();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* from, float* to, nint count) => new Span<float>(from, (int)count).CopyTo(new Span<float>(to, (int)count));

    // Lines of whole vectors: channels are a multiple of 16.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(float* from, float* to, nint count)
        where T : struct, IFloats<T>
    {
        for (nint i = 0; i < count; i += T.Count) (T.Load(to + i) + T.Load(from + i)).Store(to + i);
    }
}
