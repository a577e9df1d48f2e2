using System.Runtime.InteropServices;
using static FashionSweep.Training.Kernels.OneDnn.OneDnnLibrary;

namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>One piece of working memory for all primitives of a trial: they run one after another, so the largest need is enough.</summary>
internal sealed unsafe class Scratchpad(nint engine, NativeHandles handles) : IDisposable
{
    private const int Query = 136;
    private const int Alignment = 64;

    private readonly List<nint> _memories = [];
    private void* _block;
    private nuint _bytes;

    /// <summary>The scratchpad as this primitive's argument, or null where it needs none.</summary>
    public nint? For(nint primitiveDescriptor)
    {
        var shape = Native.dnnl_primitive_desc_query_md(primitiveDescriptor, Query, 0);
        var bytes = shape == 0 ? 0 : Native.dnnl_memory_desc_get_size(shape);
        if (bytes == 0) return null;
        if (bytes > _bytes) Grow(bytes);
        Check(Native.dnnl_memory_create(out var memory, shape, engine, _block), "bind the scratchpad");
        handles.Own(memory, Native.dnnl_memory_destroy);
        _memories.Add(memory);
        return memory;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_block);
        _block = null;
    }

    private void Grow(nuint bytes)
    {
        NativeMemory.AlignedFree(_block);
        _block = null;
        _block = NativeMemory.AlignedAlloc(bytes, Alignment);
        _bytes = bytes;
        foreach (var memory in _memories) Check(Native.dnnl_memory_set_data_handle(memory, _block), "move the scratchpad");
    }
}
