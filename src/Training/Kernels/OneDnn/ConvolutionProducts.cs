namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>Convolutions on oneDNN's primitive. Images stay as they lie; weights are brought into the layout that it wants, since they are small.</summary>
internal sealed unsafe class ConvolutionProducts(Workshop workshop, Operands operands)
{
    private const int WeightQuery = 131;
    private const int WeightGradientQuery = 132;

    public IProduct Forward(Convolution shape, Matrix images, Matrix weight, Matrix? bias, Matrix output, bool rectify)
    {
        var source = operands.Fresh(images);
        var shapes = Shapes(shape, target: ElementType.Float32) with
        {
            Bias = bias is null ? 0 : workshop.Describe.Strided([shape.Filters], [1], ElementType.Float32),
        };
        var descriptor = workshop.Choose.Convolution(shapes, workshop.Describe.Attributes(rectify));
        var wanted = Native.dnnl_primitive_desc_query_md(descriptor, WeightQuery, 0);
        var packed = Room(wanted);
        List<Native.Argument> arguments =
        [
            workshop.Make.Bind(Role.Source, shapes.Images, source.Data),
            workshop.Make.Bind(Role.Weights, wanted, packed),
            workshop.Make.Bind(Role.Target, shapes.Output, output.Start),
        ];
        if (bias is { } values) arguments.Add(workshop.Make.Bind(Role.Bias, shapes.Bias, values.Start));
        var convolution = workshop.Make.Create(descriptor, "convolve", [.. arguments]);
        return new PrimitiveProduct([.. source.Conversion, Reorder(Plain(shape), weight.Start, wanted, packed), convolution]);
    }

    public IProduct WeightGradient(Convolution shape, Matrix images, Matrix outputGradient, Matrix weightGradient)
    {
        var (source, target) = (operands.Known(images), operands.Fresh(outputGradient));
        var shapes = Shapes(shape, weight: ElementType.Float32);
        var descriptor = workshop.Choose.ConvolutionWeightGradient(shapes, Hint(shape), workshop.Describe.Attributes());
        var given = Native.dnnl_primitive_desc_query_md(descriptor, WeightGradientQuery, 0);
        var packed = Room(given);
        var gradient = workshop.Make.Create(
            descriptor, "take a convolution's weight gradient",
            workshop.Make.Bind(Role.Source, shapes.Images, source.Data),
            workshop.Make.Bind(Role.TargetGradient, shapes.Output, target.Data),
            workshop.Make.Bind(Role.WeightsGradient, given, packed));
        return new PrimitiveProduct([.. target.Conversion, gradient, Reorder(given, packed, Plain(shape), weightGradient.Start)]);
    }

    public IProduct InputGradient(Convolution shape, Matrix outputGradient, Matrix weight, Matrix inputGradient)
    {
        var target = operands.Known(outputGradient);
        var shapes = Shapes(shape, source: ElementType.Float32);
        var descriptor = workshop.Choose.ConvolutionInputGradient(shapes, Hint(shape), workshop.Describe.Attributes());
        var wanted = Native.dnnl_primitive_desc_query_md(descriptor, WeightQuery, 0);
        var packed = Room(wanted);
        var gradient = workshop.Make.Create(
            descriptor, "take a convolution's input gradient",
            workshop.Make.Bind(Role.TargetGradient, shapes.Output, target.Data),
            workshop.Make.Bind(Role.Weights, wanted, packed),
            workshop.Make.Bind(Role.SourceGradient, shapes.Images, inputGradient.Start));
        return new PrimitiveProduct(Reorder(Plain(shape), weight.Start, wanted, packed), gradient);
    }

    // What a product reads has the operands' type; what it writes is named.
    private ConvolutionOperands Shapes(Convolution shape, ElementType? source = null, ElementType? weight = null, ElementType? target = null) => new(
        Images(shape.Images, shape.Height, shape.Width, shape.Channels, source ?? operands.Type),
        workshop.Describe.Any(Sizes(shape), weight ?? operands.Type),
        Bias: 0,
        Images(shape.Images, shape.OutHeight, shape.OutWidth, shape.Filters, target ?? operands.Type),
        [shape.Stride, shape.Stride],
        [shape.PadBefore, shape.PadBefore],
        [Math.Max(0, shape.PadBelow), Math.Max(0, shape.PadRight)]);

    private nint Hint(Convolution shape) => workshop.Choose.Convolution(Shapes(shape), workshop.Describe.Attributes());

    private nint Images(long count, long height, long width, long channels, ElementType type) =>
        workshop.Describe.Strided([count, channels, height, width], [height * width * channels, 1, width * channels, channels], type);

    private nint Plain(Convolution shape)
    {
        long channels = shape.Channels, filters = shape.Filters, kernel = shape.Kernel;
        return workshop.Describe.Strided(Sizes(shape), [1, filters, kernel * channels * filters, channels * filters], ElementType.Float32);
    }

    private static long[] Sizes(Convolution shape) => [shape.Filters, shape.Channels, shape.Kernel, shape.Kernel];

    private float* Room(nint descriptor) => workshop.Buffers.Allocate((nint)(Native.dnnl_memory_desc_get_size(descriptor) / sizeof(float)));

    private Primitive Reorder(nint source, float* from, nint target, float* to) => workshop.Make.Create(
        workshop.Choose.Reorder(source, target, workshop.Describe.Attributes()), "bring weights into another layout",
        workshop.Make.Bind(Role.Source, source, from), workshop.Make.Bind(Role.Target, target, to));
}
