namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>
/// What products read: the buffers themselves, or bfloat16 copies of them. A copy is made where a step first needs it and serves the step's other
/// products; what products write stays float32, and so do sums inside them.
/// </summary>
internal sealed unsafe class Operands(Workshop workshop, Precision precision)
{
    private readonly Dictionary<nint, (nint Copy, Primitive Conversion)> _copies = [];

    public ElementType Type { get; } = precision == Precision.Bf16 ? ElementType.BFloat16 : ElementType.Float32;

    /// <summary>Changed since the step before.</summary>
    public Operand Fresh(Matrix matrix)
    {
        if (Type == ElementType.Float32) return new Operand(matrix, matrix.Start, []);
        var (copy, conversion) = Copy(matrix);
        return new Operand(matrix, (float*)copy, [conversion]);
    }

    /// <summary>Given as fresh to an earlier product of the step.</summary>
    public Operand Known(Matrix matrix) => Fresh(matrix) with { Conversion = [] };

    private (nint Copy, Primitive Conversion) Copy(Matrix matrix)
    {
        if (_copies.TryGetValue((nint)matrix.Start, out var known)) return known;
        var copy = workshop.Buffers.Allocate(matrix.Count / 2);
        var (from, to) = (workshop.Describe.Strided([matrix.Count], [1], ElementType.Float32), workshop.Describe.Strided([matrix.Count], [1], Type));
        var conversion = workshop.Make.Create(
            workshop.Choose.Reorder(from, to, workshop.Describe.Attributes()), "round values",
            workshop.Make.Bind(Role.Source, from, matrix.Start), workshop.Make.Bind(Role.Target, to, copy));
        return _copies[(nint)matrix.Start] = ((nint)copy, conversion);
    }
}

/// <summary>A matrix as a product reads it.</summary>
/// <param name="data">Its values or their copy.</param>
/// <param name="conversion">What is to run before: one step or none.</param>
internal readonly unsafe struct Operand(Matrix matrix, float* data, Primitive[] conversion)
{
    public Matrix Matrix { get; } = matrix;

    public float* Data { get; } = data;

    public Primitive[] Conversion { get; init; } = conversion;

    public bool Transposed { get; init; }
}
