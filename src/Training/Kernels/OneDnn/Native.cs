using System.Runtime.InteropServices;

namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>
/// oneDNN's C functions, of 2.x and 3.x. A memory descriptor is one pointer in both: to a struct of ours in 2.x, to one of the
/// library's in 3.x. Functions that only one of them has are bound on their first call, so that declaring both does no harm.
/// </summary>
internal static unsafe partial class Native
{
    public const string Library = "dnnl";

    [StructLayout(LayoutKind.Sequential)]
    public struct Version
    {
        public int Major, Minor, Patch;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Argument
    {
        public int Role;
        public nint Memory;
    }

    [LibraryImport(Library)]
    public static partial Version* dnnl_version();

    [LibraryImport(Library)]
    public static partial int dnnl_get_effective_cpu_isa();

    [LibraryImport(Library)]
    public static partial int dnnl_set_primitive_cache_capacity(int capacity);

    [LibraryImport(Library)]
    public static partial int dnnl_engine_create(out nint engine, int kind, nuint index);

    [LibraryImport(Library)]
    public static partial int dnnl_stream_create(out nint stream, nint engine, uint flags);

    [LibraryImport(Library)]
    public static partial int dnnl_stream_destroy(nint stream);

    [LibraryImport(Library)]
    public static partial int dnnl_memory_create(out nint memory, nint descriptor, nint engine, void* data);

    [LibraryImport(Library)]
    public static partial int dnnl_memory_set_data_handle(nint memory, void* data);

    [LibraryImport(Library)]
    public static partial int dnnl_memory_destroy(nint memory);

    [LibraryImport(Library)]
    public static partial nuint dnnl_memory_desc_get_size(nint descriptor);

    [LibraryImport(Library)]
    public static partial nint dnnl_primitive_desc_query_md(nint primitiveDescriptor, int what, int index);

    [LibraryImport(Library)]
    public static partial int dnnl_primitive_desc_destroy(nint primitiveDescriptor);

    [LibraryImport(Library)]
    public static partial int dnnl_primitive_create(out nint primitive, nint primitiveDescriptor);

    [LibraryImport(Library)]
    public static partial int dnnl_primitive_destroy(nint primitive);

    [LibraryImport(Library)]
    public static partial int dnnl_primitive_execute(nint primitive, nint stream, int count, Argument* arguments);

    [LibraryImport(Library)]
    public static partial int dnnl_reorder_primitive_desc_create(
        out nint primitiveDescriptor, nint source, nint sourceEngine, nint target, nint targetEngine, nint attributes);

    [LibraryImport(Library)]
    public static partial int dnnl_primitive_attr_create(out nint attributes);

    [LibraryImport(Library)]
    public static partial int dnnl_primitive_attr_destroy(nint attributes);

    [LibraryImport(Library)]
    public static partial int dnnl_primitive_attr_set_scratchpad_mode(nint attributes, int mode);

    [LibraryImport(Library)]
    public static partial int dnnl_primitive_attr_set_post_ops(nint attributes, nint postOperations);

    [LibraryImport(Library)]
    public static partial int dnnl_post_ops_create(out nint postOperations);

    [LibraryImport(Library)]
    public static partial int dnnl_post_ops_destroy(nint postOperations);

    /// <summary>What 2.x has in another form than 3.x.</summary>
    public static partial class V2
    {
        [LibraryImport(Library)]
        public static partial int dnnl_memory_desc_init_by_strides(
            nint descriptor, int dimensions, ReadOnlySpan<long> sizes, int type, ReadOnlySpan<long> strides);

        [LibraryImport(Library)]
        public static partial int dnnl_memory_desc_init_by_tag(nint descriptor, int dimensions, ReadOnlySpan<long> sizes, int type, int tag);

        [LibraryImport(Library)]
        public static partial int dnnl_convolution_forward_desc_init(
            byte* operation, int propagation, int algorithm, nint source, nint weight, nint bias, nint target,
            ReadOnlySpan<long> strides, ReadOnlySpan<long> padBefore, ReadOnlySpan<long> padAfter);

        [LibraryImport(Library)]
        public static partial int dnnl_convolution_backward_data_desc_init(
            byte* operation, int algorithm, nint sourceGradient, nint weight, nint targetGradient,
            ReadOnlySpan<long> strides, ReadOnlySpan<long> padBefore, ReadOnlySpan<long> padAfter);

        [LibraryImport(Library)]
        public static partial int dnnl_convolution_backward_weights_desc_init(
            byte* operation, int algorithm, nint source, nint weightGradient, nint biasGradient, nint targetGradient,
            ReadOnlySpan<long> strides, ReadOnlySpan<long> padBefore, ReadOnlySpan<long> padAfter);

        [LibraryImport(Library)]
        public static partial int dnnl_post_ops_append_eltwise(nint postOperations, float scale, int algorithm, float alpha, float beta);

        [LibraryImport(Library)]
        public static partial int dnnl_matmul_desc_init(byte* operation, nint source, nint weight, nint bias, nint target);

        [LibraryImport(Library)]
        public static partial int dnnl_primitive_desc_create(out nint primitiveDescriptor, byte* operation, nint attributes, nint engine, nint hint);
    }

    /// <summary>What 3.x has in another form than 2.x.</summary>
    public static partial class V3
    {
        [LibraryImport(Library)]
        public static partial int dnnl_memory_desc_create_with_strides(
            out nint descriptor, int dimensions, ReadOnlySpan<long> sizes, int type, ReadOnlySpan<long> strides);

        [LibraryImport(Library)]
        public static partial int dnnl_memory_desc_create_with_tag(out nint descriptor, int dimensions, ReadOnlySpan<long> sizes, int type, int tag);

        [LibraryImport(Library)]
        public static partial int dnnl_convolution_forward_primitive_desc_create(
            out nint primitiveDescriptor, nint engine, int propagation, int algorithm, nint source, nint weight, nint bias, nint target,
            ReadOnlySpan<long> strides, ReadOnlySpan<long> dilations, ReadOnlySpan<long> padBefore, ReadOnlySpan<long> padAfter, nint attributes);

        [LibraryImport(Library)]
        public static partial int dnnl_convolution_backward_data_primitive_desc_create(
            out nint primitiveDescriptor, nint engine, int algorithm, nint sourceGradient, nint weight, nint targetGradient,
            ReadOnlySpan<long> strides, ReadOnlySpan<long> dilations, ReadOnlySpan<long> padBefore, ReadOnlySpan<long> padAfter, nint hint, nint attributes);

        [LibraryImport(Library)]
        public static partial int dnnl_convolution_backward_weights_primitive_desc_create(
            out nint primitiveDescriptor, nint engine, int algorithm, nint source, nint weightGradient, nint biasGradient, nint targetGradient,
            ReadOnlySpan<long> strides, ReadOnlySpan<long> dilations, ReadOnlySpan<long> padBefore, ReadOnlySpan<long> padAfter, nint hint, nint attributes);

        [LibraryImport(Library)]
        public static partial int dnnl_memory_desc_destroy(nint descriptor);

        [LibraryImport(Library)]
        public static partial int dnnl_post_ops_append_eltwise(nint postOperations, int algorithm, float alpha, float beta);

        [LibraryImport(Library)]
        public static partial int dnnl_matmul_primitive_desc_create(
            out nint primitiveDescriptor, nint engine, nint source, nint weight, nint bias, nint target, nint attributes);
    }
}
