namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>Dense layers' products on the matmul primitive.</summary>
internal sealed unsafe class MatmulProducts(Workshop workshop, Operands operands)
{
    public IProduct Forward(Matrix input, Matrix weight, Matrix? bias, Matrix output, bool rectify) =>
        Matmul(operands.Fresh(input), operands.Fresh(weight), bias, output, rectify);

    public IProduct WeightGradient(Matrix input, Matrix outputGradient, Matrix weightGradient) =>
        Matmul(operands.Known(input) with { Transposed = true }, operands.Fresh(outputGradient), bias: null, weightGradient, rectify: false);

    public IProduct InputGradient(Matrix outputGradient, Matrix weight, Matrix inputGradient) =>
        Matmul(operands.Known(outputGradient), operands.Known(weight) with { Transposed = true }, bias: null, inputGradient, rectify: false);

    private PrimitiveProduct Matmul(Operand source, Operand weight, Matrix? bias, Matrix target, bool rectify)
    {
        var (sourceShape, weightShape, targetShape) = (Describe(source), Describe(weight), Describe(target));
        var biasShape = bias is { } row ? Describe(row) : 0;
        var descriptor = workshop.Choose.Matmul(sourceShape, weightShape, biasShape, targetShape, workshop.Describe.Attributes(rectify));
        List<Native.Argument> arguments =
        [
            workshop.Make.Bind(Role.Source, sourceShape, source.Data),
            workshop.Make.Bind(Role.Weights, weightShape, weight.Data),
            workshop.Make.Bind(Role.Target, targetShape, target.Start),
        ];
        if (bias is { } values) arguments.Add(workshop.Make.Bind(Role.Bias, biasShape, values.Start));
        return new PrimitiveProduct([.. source.Conversion, .. weight.Conversion, workshop.Make.Create(descriptor, "multiply matrices", [.. arguments])]);
    }

    private nint Describe(Matrix matrix) => workshop.Describe.Strided([matrix.Rows, matrix.Columns], [matrix.Columns, 1], ElementType.Float32);

    private nint Describe(Operand operand)
    {
        long rows = operand.Matrix.Rows, columns = operand.Matrix.Columns;
        return operand.Transposed
            ? workshop.Describe.Strided([columns, rows], [1, columns], operands.Type)
            : workshop.Describe.Strided([rows, columns], [columns, 1], operands.Type);
    }
}
