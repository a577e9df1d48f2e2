namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>Dense layers' products on the matmul primitive.</summary>
internal sealed unsafe class MatmulProducts(Workshop workshop)
{
    public IProduct Forward(Matrix input, Matrix weight, Matrix? bias, Matrix output, bool rectify) =>
        Matmul(new Operand(input), new Operand(weight), bias, new Operand(output), rectify);

    public IProduct WeightGradient(Matrix input, Matrix outputGradient, Matrix weightGradient) =>
        Matmul(new Operand(input, Transposed: true), new Operand(outputGradient), bias: null, new Operand(weightGradient), rectify: false);

    public IProduct InputGradient(Matrix outputGradient, Matrix weight, Matrix inputGradient) =>
        Matmul(new Operand(outputGradient), new Operand(weight, Transposed: true), bias: null, new Operand(inputGradient), rectify: false);

    private PrimitiveProduct Matmul(Operand source, Operand weight, Matrix? bias, Operand target, bool rectify)
    {
        var (sourceShape, weightShape, targetShape) = (Describe(source), Describe(weight), Describe(target));
        var biasShape = bias is { } row ? Describe(new Operand(row)) : 0;
        var descriptor = workshop.Choose.Matmul(sourceShape, weightShape, biasShape, targetShape, workshop.Describe.Attributes(rectify));
        List<Native.Argument> arguments =
        [
            workshop.Make.Bind(Role.Source, sourceShape, source.Matrix.Start),
            workshop.Make.Bind(Role.Weights, weightShape, weight.Matrix.Start),
            workshop.Make.Bind(Role.Target, targetShape, target.Matrix.Start),
        ];
        if (bias is { } values) arguments.Add(workshop.Make.Bind(Role.Bias, biasShape, values.Start));
        return new PrimitiveProduct(workshop.Make.Create(descriptor, "multiply matrices", [.. arguments]));
    }

    private nint Describe(Operand operand)
    {
        long rows = operand.Matrix.Rows, columns = operand.Matrix.Columns;
        return operand.Transposed
            ? workshop.Describe.Strided([columns, rows], [1, columns])
            : workshop.Describe.Strided([rows, columns], [columns, 1]);
    }

    /// <summary>A matrix as oneDNN is to see it.</summary>
    private readonly record struct Operand(Matrix Matrix, bool Transposed = false);
}
