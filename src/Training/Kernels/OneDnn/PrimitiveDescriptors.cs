using static FashionSweep.Training.Kernels.OneDnn.OneDnnLibrary;

namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>The operations, each chosen for its operands' descriptors; one face for both major versions.</summary>
internal sealed unsafe class PrimitiveDescriptors(OneDnnLibrary library, NativeHandles handles)
{
    private const int ForwardTraining = 64;
    private const int Direct = 1;

    // Descriptors of operations are opaque here; the largest of 2.x has some thousand bytes.
    private const int OperationBytes = 8192;

    private static ReadOnlySpan<long> Undilated => [0, 0];

    /// <param name="bias">0 for none.</param>
    public nint Matmul(nint source, nint weight, nint bias, nint target, nint attributes)
    {
        nint descriptor;
        if (library.IsV3)
        {
            Check(Native.V3.dnnl_matmul_primitive_desc_create(out descriptor, library.Engine, source, weight, bias, target, attributes), "choose a matmul");
            return Own(descriptor);
        }
        var operation = stackalloc byte[OperationBytes];
        Check(Native.V2.dnnl_matmul_desc_init(operation, source, weight, bias, target), "describe a matmul");
        return Choose(operation, attributes, hint: 0, "choose a matmul");
    }

    public nint Reorder(nint source, nint target, nint attributes)
    {
        Check(
            Native.dnnl_reorder_primitive_desc_create(out var descriptor, source, library.Engine, target, library.Engine, attributes), "choose a reorder");
        return Own(descriptor);
    }

    public nint Convolution(ConvolutionOperands operands, nint attributes)
    {
        const string What = "choose a convolution";
        nint descriptor;
        if (library.IsV3)
        {
            Check(
                Native.V3.dnnl_convolution_forward_primitive_desc_create(
                    out descriptor, library.Engine, ForwardTraining, Direct, operands.Images, operands.Weight, operands.Bias, operands.Output,
                    operands.Strides, Undilated, operands.PadBefore, operands.PadAfter, attributes),
                What);
            return Own(descriptor);
        }
        var operation = stackalloc byte[OperationBytes];
        Check(
            Native.V2.dnnl_convolution_forward_desc_init(
                operation, ForwardTraining, Direct, operands.Images, operands.Weight, operands.Bias, operands.Output,
                operands.Strides, operands.PadBefore, operands.PadAfter),
            "describe a convolution");
        return Choose(operation, attributes, hint: 0, What);
    }

    /// <param name="hint">The descriptor of the forward operation.</param>
    public nint ConvolutionWeightGradient(ConvolutionOperands operands, nint hint, nint attributes)
    {
        const string What = "choose a convolution's weight gradient";
        nint descriptor;
        if (library.IsV3)
        {
            Check(
                Native.V3.dnnl_convolution_backward_weights_primitive_desc_create(
                    out descriptor, library.Engine, Direct, operands.Images, operands.Weight, 0, operands.Output,
                    operands.Strides, Undilated, operands.PadBefore, operands.PadAfter, hint, attributes),
                What);
            return Own(descriptor);
        }
        var operation = stackalloc byte[OperationBytes];
        Check(
            Native.V2.dnnl_convolution_backward_weights_desc_init(
                operation, Direct, operands.Images, operands.Weight, 0, operands.Output, operands.Strides, operands.PadBefore, operands.PadAfter),
            "describe a convolution's weight gradient");
        return Choose(operation, attributes, hint, What);
    }

    /// <param name="hint">The descriptor of the forward operation.</param>
    public nint ConvolutionInputGradient(ConvolutionOperands operands, nint hint, nint attributes)
    {
        const string What = "choose a convolution's input gradient";
        nint descriptor;
        if (library.IsV3)
        {
            Check(
                Native.V3.dnnl_convolution_backward_data_primitive_desc_create(
                    out descriptor, library.Engine, Direct, operands.Images, operands.Weight, operands.Output,
                    operands.Strides, Undilated, operands.PadBefore, operands.PadAfter, hint, attributes),
                What);
            return Own(descriptor);
        }
        var operation = stackalloc byte[OperationBytes];
        Check(
            Native.V2.dnnl_convolution_backward_data_desc_init(
                operation, Direct, operands.Images, operands.Weight, operands.Output, operands.Strides, operands.PadBefore, operands.PadAfter),
            "describe a convolution's input gradient");
        return Choose(operation, attributes, hint, What);
    }

    private nint Choose(byte* operation, nint attributes, nint hint, string what)
    {
        Check(Native.V2.dnnl_primitive_desc_create(out var descriptor, operation, attributes, library.Engine, hint), what);
        return Own(descriptor);
    }

    private nint Own(nint descriptor)
    {
        handles.Own(descriptor, Native.dnnl_primitive_desc_destroy);
        return descriptor;
    }
}

/// <summary>Descriptors of a convolution's operands, be they values or gradients.</summary>
/// <param name="Bias">0 for none.</param>
internal readonly record struct ConvolutionOperands(nint Images, nint Weight, nint Bias, nint Output, long[] Strides, long[] PadBefore, long[] PadAfter);
