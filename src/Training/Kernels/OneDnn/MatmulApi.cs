using System.Runtime.InteropServices;
using static FashionSweep.Training.Kernels.OneDnn.OneDnnLibrary;

namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>One face for what 2.x and 3.x do in different calls: descriptors of memory, of attributes and of a matmul.</summary>
internal sealed unsafe class MatmulApi(OneDnnLibrary library, NativeHandles handles)
{
    private const int Float32 = 3;
    private const int UserScratchpad = 1;
    private const int ReluV2 = 31;
    private const int ReluV3 = 32;

    // 2.x fills structs of ours: dnnl_memory_desc_t has 696 bytes, the largest operation descriptor some thousand.
    private const int MemoryDescriptorBytes = 1024;
    private const int OperationDescriptorBytes = 8192;

    public nint Describe(Operand operand)
    {
        long rows = operand.Matrix.Rows, columns = operand.Matrix.Columns;
        ReadOnlySpan<long> sizes = operand.Transposed ? [columns, rows] : [rows, columns];
        ReadOnlySpan<long> strides = operand.Transposed ? [1, columns] : [columns, 1];
        if (library.IsV3)
        {
            Check(Native.V3.dnnl_memory_desc_create_with_strides(out var created, sizes.Length, sizes, Float32, strides), "describe a matrix");
            handles.Own(created, Native.V3.dnnl_memory_desc_destroy);
            return created;
        }
        var descriptor = (nint)NativeMemory.AllocZeroed(MemoryDescriptorBytes);
        handles.Own(descriptor, owned =>
        {
            NativeMemory.Free((void*)owned);
            return 0;
        });
        Check(Native.V2.dnnl_memory_desc_init_by_strides(descriptor, sizes.Length, sizes, Float32, strides), "describe a matrix");
        return descriptor;
    }

    /// <summary>A scratchpad of ours, and ReLU fused into the product on demand.</summary>
    public nint Attributes(bool rectify)
    {
        Check(Native.dnnl_primitive_attr_create(out var attributes), "create attributes");
        handles.Own(attributes, Native.dnnl_primitive_attr_destroy);
        Check(Native.dnnl_primitive_attr_set_scratchpad_mode(attributes, UserScratchpad), "set the scratchpad's mode");
        if (!rectify) return attributes;
        Check(Native.dnnl_post_ops_create(out var postOperations), "create post-operations");
        handles.Own(postOperations, Native.dnnl_post_ops_destroy);
        Check(
            library.IsV3
                ? Native.V3.dnnl_post_ops_append_eltwise(postOperations, ReluV3, 0, 0)
                : Native.V2.dnnl_post_ops_append_eltwise(postOperations, 1, ReluV2, 0, 0),
            "fuse ReLU");
        Check(Native.dnnl_primitive_attr_set_post_ops(attributes, postOperations), "set post-operations");
        return attributes;
    }

    /// <param name="bias">0 for none.</param>
    public nint PrimitiveDescriptor(nint source, nint weight, nint bias, nint target, nint attributes)
    {
        nint descriptor;
        if (library.IsV3)
        {
            Check(Native.V3.dnnl_matmul_primitive_desc_create(out descriptor, library.Engine, source, weight, bias, target, attributes), "describe a matmul");
        }
        else
        {
            var operation = stackalloc byte[OperationDescriptorBytes];
            Check(Native.V2.dnnl_matmul_desc_init(operation, source, weight, bias, target), "describe a matmul");
            Check(Native.V2.dnnl_primitive_desc_create(out descriptor, operation, attributes, library.Engine, 0), "choose a matmul");
        }
        handles.Own(descriptor, Native.dnnl_primitive_desc_destroy);
        return descriptor;
    }
}
