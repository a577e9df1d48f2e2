using System.Runtime.InteropServices;
using static FashionSweep.Training.Kernels.OneDnn.OneDnnLibrary;

namespace FashionSweep.Training.Kernels.OneDnn;

internal enum ElementType
{
    BFloat16 = 2,
    Float32 = 3,
}

/// <summary>One face for what 2.x and 3.x do in different calls: descriptors of memory and of attributes.</summary>
internal sealed unsafe class Descriptors(OneDnnLibrary library, NativeHandles handles)
{
    private const int AnyFormat = 1;
    private const int UserScratchpad = 1;
    private const int ReluV2 = 31;
    private const int ReluV3 = 32;

    // 2.x fills structs of ours: dnnl_memory_desc_t has 696 bytes.
    private const int MemoryDescriptorBytes = 1024;

    public nint Strided(ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, ElementType type)
    {
        nint descriptor;
        if (library.IsV3)
        {
            Check(Native.V3.dnnl_memory_desc_create_with_strides(out descriptor, sizes.Length, sizes, (int)type, strides), "describe a buffer");
            return OwnV3(descriptor);
        }
        descriptor = AllocateV2();
        Check(Native.V2.dnnl_memory_desc_init_by_strides(descriptor, sizes.Length, sizes, (int)type, strides), "describe a buffer");
        return descriptor;
    }

    /// <summary>Leaves the layout to the primitive that is made of it.</summary>
    public nint Any(ReadOnlySpan<long> sizes, ElementType type)
    {
        nint descriptor;
        if (library.IsV3)
        {
            Check(Native.V3.dnnl_memory_desc_create_with_tag(out descriptor, sizes.Length, sizes, (int)type, AnyFormat), "describe a buffer");
            return OwnV3(descriptor);
        }
        descriptor = AllocateV2();
        Check(Native.V2.dnnl_memory_desc_init_by_tag(descriptor, sizes.Length, sizes, (int)type, AnyFormat), "describe a buffer");
        return descriptor;
    }

    /// <summary>A scratchpad of ours, and ReLU fused into the primitive on demand.</summary>
    public nint Attributes(bool rectify = false)
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

    private nint OwnV3(nint descriptor)
    {
        handles.Own(descriptor, Native.V3.dnnl_memory_desc_destroy);
        return descriptor;
    }

    private nint AllocateV2()
    {
        var descriptor = (nint)NativeMemory.AllocZeroed(MemoryDescriptorBytes);
        handles.Own(descriptor, owned =>
        {
            NativeMemory.Free((void*)owned);
            return 0;
        });
        return descriptor;
    }
}
