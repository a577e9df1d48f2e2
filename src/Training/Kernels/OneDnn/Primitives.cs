using static FashionSweep.Training.Kernels.OneDnn.OneDnnLibrary;

namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>Makes primitives with their arguments in place, on one stream and with one scratchpad.</summary>
internal sealed unsafe class Primitives(OneDnnLibrary library, NativeHandles handles, Scratchpad scratchpad, nint stream)
{
    public Primitive Create(nint descriptor, string doing, params ReadOnlySpan<Native.Argument> arguments)
    {
        Check(Native.dnnl_primitive_create(out var primitive, descriptor), $"make what is to {doing}");
        handles.Own(primitive, Native.dnnl_primitive_destroy);
        List<Native.Argument> all = [.. arguments];
        if (scratchpad.For(descriptor) is { } scratch) all.Add(new() { Role = Role.Scratchpad, Memory = scratch });
        return new Primitive(primitive, stream, [.. all], doing);
    }

    public Native.Argument Bind(int role, nint descriptor, void* data)
    {
        Check(Native.dnnl_memory_create(out var memory, descriptor, library.Engine, data), "bind a buffer");
        handles.Own(memory, Native.dnnl_memory_destroy);
        return new() { Role = role, Memory = memory };
    }
}

internal sealed unsafe class Primitive(nint primitive, nint stream, Native.Argument[] arguments, string doing)
{
    public void Run()
    {
        fixed (Native.Argument* first = arguments) Check(Native.dnnl_primitive_execute(primitive, stream, arguments.Length, first), doing);
    }
}

/// <summary>Primitives that run one after another: what brings the operands into the layouts that the last or the first of them wants, and that one.</summary>
internal sealed class PrimitiveProduct(params Primitive[] primitives) : IProduct
{
    public void Run()
    {
        // A model that is kept open is run by one thread after another.
        OpenMp.UseOneThread();
        using var held = HeldSignals.Hold();
        foreach (var primitive in primitives) primitive.Run();
    }
}

/// <summary>Of a primitive's arguments; dnnl_types.h.</summary>
internal static class Role
{
    public const int Source = 1;
    public const int Target = 17;
    public const int Weights = 33;
    public const int Bias = 41;
    public const int Scratchpad = 80;
    public const int SourceGradient = 129;
    public const int TargetGradient = 145;
    public const int WeightsGradient = 161;
}
