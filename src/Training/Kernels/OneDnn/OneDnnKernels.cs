using System.Runtime.InteropServices;
using static FashionSweep.Training.Kernels.OneDnn.OneDnnLibrary;

namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>The products on oneDNN: one stream and one scratchpad for a trial, every primitive made once.</summary>
internal sealed unsafe class OneDnnKernels : IKernels
{
    private const uint InOrder = 1;

    private readonly NativeHandles _handles = new();
    private readonly NativeBuffers _buffers = new();
    private readonly Scratchpad _scratchpad;
    private readonly MatmulProducts _matmuls;
    private readonly ConvolutionProducts _convolutions;

    public OneDnnKernels(OneDnnLibrary library, Precision precision)
    {
        OpenMp.UseOneThread();
        _scratchpad = new Scratchpad(library.Engine, _handles);
        Check(Native.dnnl_stream_create(out var stream, library.Engine, InOrder), "create a stream");
        _handles.Own(stream, Native.dnnl_stream_destroy);
        var workshop = new Workshop(
            new Descriptors(library, _handles), new PrimitiveDescriptors(library, _handles), new Primitives(library, _handles, _scratchpad, stream), _buffers);
        var operands = new Operands(workshop, precision);
        _matmuls = new MatmulProducts(workshop, operands);
        _convolutions = new ConvolutionProducts(workshop, operands);
    }

    public HeldSignals Hold() => HeldSignals.Hold();

    public IProduct Forward(Matrix input, Matrix weight, Matrix? bias, Matrix output, bool rectify) => _matmuls.Forward(input, weight, bias, output, rectify);

    public IProduct WeightGradient(Matrix input, Matrix outputGradient, Matrix weightGradient) =>
        _matmuls.WeightGradient(input, outputGradient, weightGradient);

    public IProduct InputGradient(Matrix outputGradient, Matrix weight, Matrix inputGradient) => _matmuls.InputGradient(outputGradient, weight, inputGradient);

    public IProduct Convolve(Convolution shape, Matrix images, Matrix weight, Matrix? bias, Matrix output, bool rectify) =>
        _convolutions.Forward(shape, images, weight, bias, output, rectify);

    public IProduct ConvolutionWeightGradient(Convolution shape, Matrix images, Matrix outputGradient, Matrix weightGradient) =>
        _convolutions.WeightGradient(shape, images, outputGradient, weightGradient);

    public IProduct ConvolutionInputGradient(Convolution shape, Matrix outputGradient, Matrix weight, Matrix inputGradient) =>
        _convolutions.InputGradient(shape, outputGradient, weight, inputGradient);

    public void Dispose()
    {
        _handles.Dispose();
        _scratchpad.Dispose();
        _buffers.Dispose();
    }
}

/// <summary>What products are made with.</summary>
internal sealed record Workshop(Descriptors Describe, PrimitiveDescriptors Choose, Primitives Make, NativeBuffers Buffers);

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

    // Of the calling thread, as OpenMP has it.
    [ThreadStatic]
    private static bool _isSet;

    /// <summary>Keeps oneDNN on the calling thread: a trial has one core. Holds for primitives that this thread makes or runs.</summary>
    public static void UseOneThread()
    {
        if (_isSet) return;
        if (SetThreads.Value != 0) ((delegate* unmanaged<int, void>)SetThreads.Value)(1);
        _isSet = true;
    }
}
