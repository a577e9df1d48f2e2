using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Layers;

/// <summary>
/// Lays the windows of one-channel images out as rows. Each image is first given its border of zeros, so that no window needs a test; a window's
/// lines are then copied in whole vectors, each overwriting what the one before wrote too much.
/// </summary>
internal sealed unsafe class ImageWindows
{
    // What a last line may write behind its image or its row.
    private const int Slack = 32;

    private readonly Convolution _shape;
    private readonly int _line;
    private readonly float* _padded;
    private readonly float* _rows;

    /// <param name="rowLength">At least a window; what is behind it is 0.</param>
    public ImageWindows(Convolution shape, int rowLength, NativeBuffers buffers)
    {
        _shape = shape;
        _line = shape.PadBefore + shape.Width + Math.Max(0, shape.PadRight);
        _padded = buffers.Allocate(((shape.PadBefore + shape.Height + Math.Max(0, shape.PadBelow)) * _line) + Slack);
        var count = shape.Images * shape.OutRows;
        _rows = buffers.Allocate(((nint)count * rowLength) + Slack);
        Rows = new Matrix(_rows, count, rowLength);
    }

    public Matrix Rows { get; }

    /// <param name="images">One a row.</param>
    public void Gather(Matrix images)
    {
        for (var image = 0; image < _shape.Images; image++)
        {
            var pixels = images.Row(image);
            for (var y = 0; y < _shape.Height; y++)
                pixels.Slice(y * _shape.Width, _shape.Width)
                    .CopyTo(new Span<float>(_padded + ((y + _shape.PadBefore) * _line) + _shape.PadBefore, _shape.Width));
            Lines(_shape, _padded, _line, _rows + ((nint)image * _shape.OutRows * Rows.Columns), Rows.Columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lines(in Convolution shape, float* image, int line, float* to, int rowLength)
    {
        var kernel = shape.Kernel;
        for (var y = 0; y < shape.OutHeight; y++)
            for (var x = 0; x < shape.OutWidth; x++, to += rowLength)
            {
                var from = image + (y * shape.Stride * line) + (x * shape.Stride);
                var end = to;
                for (var k = 0; k < kernel; k++, from += line, end += kernel)
                    for (var i = 0; i < kernel; i += 8) Vector256.Store(Vector256.Load(from + i), end + i);
                Vector256.Store(Vector256<float>.Zero, end);
            }
    }
}
