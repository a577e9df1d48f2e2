namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>Convolutions on oneDNN's primitive. Images stay as they lie; weights are brought into the layout that the primitive wants, since they are small.</summary>
internal sealed unsafe class ConvolutionProducts(Workshop workshop)
{
    private const int WeightQuery = 131;
    private const int WeightGradientQuery = 132;

    public IProduct Forward(Convolution shape, Matrix images, Matrix weight, Matrix? bias, Matrix output, bool rectify)
    {
        var operands = Operands(shape) with { Bias = bias is null ? 0 : workshop.Describe.Strided([shape.Filters], [1]) };
        var descriptor = workshop.Choose.Convolution(operands, workshop.Describe.Attributes(rectify));
        var wanted = Native.dnnl_primitive_desc_query_md(descriptor, WeightQuery, 0);
        var packed = Room(wanted);
        List<Native.Argument> arguments =
        [
            workshop.Make.Bind(Role.Source, operands.Images, images.Start),
            workshop.Make.Bind(Role.Weights, wanted, packed),
            workshop.Make.Bind(Role.Target, operands.Output, output.Start),
        ];
        if (bias is { } values) arguments.Add(workshop.Make.Bind(Role.Bias, operands.Bias, values.Start));
        return new PrimitiveProduct(Reorder(Plain(shape), weight.Start, wanted, packed), workshop.Make.Create(descriptor, "convolve", [.. arguments]));
    }

    public IProduct WeightGradient(Convolution shape, Matrix images, Matrix outputGradient, Matrix weightGradient)
    {
        var operands = Operands(shape);
        var descriptor = workshop.Choose.ConvolutionWeightGradient(operands, Hint(operands), workshop.Describe.Attributes());
        var given = Native.dnnl_primitive_desc_query_md(descriptor, WeightGradientQuery, 0);
        var packed = Room(given);
        var gradient = workshop.Make.Create(
            descriptor, "take a convolution's weight gradient",
            workshop.Make.Bind(Role.Source, operands.Images, images.Start),
            workshop.Make.Bind(Role.TargetGradient, operands.Output, outputGradient.Start),
            workshop.Make.Bind(Role.WeightsGradient, given, packed));
        return new PrimitiveProduct(gradient, Reorder(given, packed, Plain(shape), weightGradient.Start));
    }

    public IProduct InputGradient(Convolution shape, Matrix outputGradient, Matrix weight, Matrix inputGradient)
    {
        var operands = Operands(shape);
        var descriptor = workshop.Choose.ConvolutionInputGradient(operands, Hint(operands), workshop.Describe.Attributes());
        var wanted = Native.dnnl_primitive_desc_query_md(descriptor, WeightQuery, 0);
        var packed = Room(wanted);
        var gradient = workshop.Make.Create(
            descriptor, "take a convolution's input gradient",
            workshop.Make.Bind(Role.TargetGradient, operands.Output, outputGradient.Start),
            workshop.Make.Bind(Role.Weights, wanted, packed),
            workshop.Make.Bind(Role.SourceGradient, operands.Images, inputGradient.Start));
        return new PrimitiveProduct(Reorder(Plain(shape), weight.Start, wanted, packed), gradient);
    }

    private ConvolutionOperands Operands(Convolution shape) => new(
        Images(shape.Images, shape.Height, shape.Width, shape.Channels),
        workshop.Describe.Any(Sizes(shape), ElementType.Float32),
        Bias: 0,
        Images(shape.Images, shape.OutHeight, shape.OutWidth, shape.Filters),
        [shape.Stride, shape.Stride],
        [shape.PadBefore, shape.PadBefore],
        [Math.Max(0, shape.PadBelow), Math.Max(0, shape.PadRight)]);

    private nint Hint(ConvolutionOperands operands) => workshop.Choose.Convolution(operands, workshop.Describe.Attributes());

    private nint Images(long count, long height, long width, long channels) =>
        workshop.Describe.Strided([count, channels, height, width], [height * width * channels, 1, width * channels, channels]);

    private nint Plain(Convolution shape)
    {
        long channels = shape.Channels, filters = shape.Filters, kernel = shape.Kernel;
        return workshop.Describe.Strided(Sizes(shape), [1, filters, kernel * channels * filters, channels * filters]);
    }

    private static long[] Sizes(Convolution shape) => [shape.Filters, shape.Channels, shape.Kernel, shape.Kernel];

    private float* Room(nint descriptor) => workshop.Buffers.Allocate((nint)(Native.dnnl_memory_desc_get_size(descriptor) / sizeof(float)));

    private Primitive Reorder(nint source, float* from, nint target, float* to) => workshop.Make.Create(
        workshop.Choose.Reorder(source, target, workshop.Describe.Attributes()), "bring weights into another layout",
        workshop.Make.Bind(Role.Source, source, from), workshop.Make.Bind(Role.Target, target, to));
}
