namespace FashionSweep.Training.Kernels;

/// <summary>
/// A row-major view of native memory. <see cref="Columns"/> is a multiple of 16 and <see cref="Rows"/> one of 8, so that no kernel
/// has remainders to handle; what pads a matrix up to that is zero, and every kernel and pass keeps it zero.
/// </summary>
internal readonly unsafe struct Matrix(float* start, int rows, int columns)
{
    public float* Start { get; } = start;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public nint Count => (nint)Rows * Columns;

    public static int PadRows(int rows) => (rows + 7) / 8 * 8;

    public static int PadColumns(int columns) => (columns + 15) / 16 * 16;

    public Span<float> Row(int row) => new(Start + ((nint)row * Columns), Columns);

    /// <summary>Padding included.</summary>
    public void Fill(float value)
    {
        for (var row = 0; row < Rows; row++) Row(row).Fill(value);
    }

    public void Clear() => NativeBuffers.Clear(Start, Count);

    /// <summary>To a matrix of the same size.</summary>
    public void CopyTo(Matrix other) => Buffer.MemoryCopy(Start, other.Start, other.Count * sizeof(float), Count * sizeof(float));
}
