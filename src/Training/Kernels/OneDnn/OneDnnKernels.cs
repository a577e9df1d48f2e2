using System.Runtime.InteropServices;
using static FashionSweep.Training.Kernels.OneDnn.OneDnnLibrary;

namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>The products on oneDNN's matmul primitive: one stream and one scratchpad for a trial, every primitive made once.</summary>
internal sealed unsafe class OneDnnKernels : IKernels
{
    private const uint InOrder = 1;

    private readonly OneDnnLibrary _library;
    private readonly NativeHandles _handles = new();
    private readonly Scratchpad _scratchpad;
    private readonly nint _stream;

    public OneDnnKernels(OneDnnLibrary library)
    {
        _library = library;
        OpenMp.UseOneThread();
        _scratchpad = new Scratchpad(library.Engine, _handles);
        Check(Native.dnnl_stream_create(out _stream, library.Engine, InOrder), "create a stream");
        _handles.Own(_stream, Native.dnnl_stream_destroy);
    }

    public IProduct Forward(Matrix input, Matrix weight, Matrix bias, Matrix output, bool rectify) =>
        Matmul(new Operand(input), new Operand(weight), bias, new Operand(output), rectify);

    public IProduct WeightGradient(Matrix input, Matrix outputGradient, Matrix weightGradient) =>
        Matmul(new Operand(input, Transposed: true), new Operand(outputGradient), bias: null, new Operand(weightGradient), rectify: false);

    public IProduct InputGradient(Matrix outputGradient, Matrix weight, Matrix inputGradient) =>
        Matmul(new Operand(outputGradient), new Operand(weight, Transposed: true), bias: null, new Operand(inputGradient), rectify: false);

    public void Dispose()
    {
        _handles.Dispose();
        _scratchpad.Dispose();
    }

    private MatmulProduct Matmul(Operand source, Operand weight, Matrix? bias, Operand target, bool rectify)
    {
        var api = new MatmulApi(_library, _handles);
        var (sourceShape, weightShape, targetShape) = (api.Describe(source), api.Describe(weight), api.Describe(target));
        var biasShape = bias is { } row ? api.Describe(new Operand(row)) : 0;
        var descriptor = api.PrimitiveDescriptor(sourceShape, weightShape, biasShape, targetShape, api.Attributes(rectify));
        Check(Native.dnnl_primitive_create(out var primitive, descriptor), "create a matmul");
        _handles.Own(primitive, Native.dnnl_primitive_destroy);

        var arguments = new List<Native.Argument>
        {
            new() { Role = Role.Source, Memory = Memory(sourceShape, source.Matrix) },
            new() { Role = Role.Weights, Memory = Memory(weightShape, weight.Matrix) },
            new() { Role = Role.Target, Memory = Memory(targetShape, target.Matrix) },
        };
        if (bias is { } values) arguments.Add(new() { Role = Role.Bias, Memory = Memory(biasShape, values) });
        if (_scratchpad.For(descriptor) is { } scratch) arguments.Add(new() { Role = Role.Scratchpad, Memory = scratch });
        return new MatmulProduct(primitive, _stream, [.. arguments]);
    }

    private nint Memory(nint shape, Matrix matrix)
    {
        Check(Native.dnnl_memory_create(out var memory, shape, _library.Engine, matrix.Start), "bind a buffer");
        _handles.Own(memory, Native.dnnl_memory_destroy);
        return memory;
    }

    private static class Role
    {
        public const int Source = 1;
        public const int Target = 17;
        public const int Weights = 33;
        public const int Bias = 41;
        public const int Scratchpad = 80;
    }

    private sealed class MatmulProduct(nint primitive, nint stream, Native.Argument[] arguments) : IProduct
    {
        public void Run()
        {
            fixed (Native.Argument* first = arguments)
                Check(Native.dnnl_primitive_execute(primitive, stream, arguments.Length, first), "run a matmul");
        }
    }
}

/// <summary>A matrix as oneDNN is to see it.</summary>
internal readonly record struct Operand(Matrix Matrix, bool Transposed = false);

/// <summary>Native handles, freed in reverse order of their making.</summary>
internal sealed class NativeHandles : IDisposable
{
    private readonly Stack<(nint Handle, Func<nint, int> Free)> _owned = new();

    /// <param name="free">Returns a status that nobody could act upon.</param>
    public void Own(nint handle, Func<nint, int> free) => _owned.Push((handle, free));

    public void Dispose()
    {
        while (_owned.TryPop(out var last)) _ = last.Free(last.Handle);
    }
}

internal static unsafe class OpenMp
{
    private static readonly Lazy<nint> SetThreads = new(() =>
        NativeLibrary.TryLoad("libgomp.so.1", out var library) && NativeLibrary.TryGetExport(library, "omp_set_num_threads", out var function) ? function : 0);

    /// <summary>Keeps oneDNN on the calling thread: a trial has one core. Holds for primitives that this thread makes or runs.</summary>
    public static void UseOneThread()
    {
        if (SetThreads.Value != 0) ((delegate* unmanaged<int, void>)SetThreads.Value)(1);
    }
}
