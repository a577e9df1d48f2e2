namespace FashionSweep.Training.Kernels.Managed;

/// <summary>A convolution's windows as rows, some images at a time: all at once would leave the caches.</summary>
internal sealed unsafe class WindowChunks
{
    private const int MostFloats = 1 << 18;

    private readonly Convolution _shape;

    public WindowChunks(Convolution shape, NativeBuffers buffers)
    {
        _shape = shape;
        Images = 1;
        // Rows must be a multiple of 8, and the chunks must make up the batch, which is a multiple of 8 itself.
        while (Images * shape.OutRows % 8 != 0 || (Images < 8 && 2L * Images * shape.OutRows * shape.Window <= MostFloats)) Images *= 2;
        Rows = buffers.Allocate(Images * shape.OutRows, shape.Window);
    }

    /// <summary>In a chunk: 1, 2, 4 or 8.</summary>
    public int Images { get; }

    public Matrix Rows { get; }

    public void Gather(Matrix images, int first) => Windows.Gather(_shape, images.Start + (first * ImageFloats), Images, Rows.Start);

    public void Scatter(Matrix images, int first) => Windows.Scatter(_shape, Rows.Start, Images, images.Start + (first * ImageFloats));

    /// <summary>The chunk's part of a convolution's output or of its gradient.</summary>
    public Matrix Of(Matrix output, int first) =>
        new(output.Start + ((nint)first * _shape.OutRows * output.Columns), Images * _shape.OutRows, output.Columns);

    private nint ImageFloats => (nint)_shape.Height * _shape.Width * _shape.Channels;
}
