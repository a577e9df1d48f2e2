using FashionSweep.Training.Kernels.OneDnn;

namespace FashionSweep.Training.Kernels;

/// <summary>
/// The heavy products of one trial, bound once to buffers that stay where they are. Made, run and disposed of on the trial's thread;
/// disposing frees every product. All other work of a training step is shared managed code.
/// </summary>
/// <remarks>
/// In a step a product's forward, weight gradient and input gradient run in this order, and their common operands stay as they are in
/// between: kernels may keep what they made of them.
/// </remarks>
internal interface IKernels : IDisposable
{
    /// <summary>Made before several products run and disposed of behind the last, on their thread, it spares each of them doing the same.</summary>
    HeldSignals Hold() => default;

    /// <summary>output = input · weight + bias, then max(0, ·) where <paramref name="rectify"/>.</summary>
    /// <param name="input">[rows, inputs]</param>
    /// <param name="weight">[inputs, outputs]</param>
    /// <param name="bias">One row of outputs, or none.</param>
    /// <param name="output">[rows, outputs]</param>
    IProduct Forward(Matrix input, Matrix weight, Matrix? bias, Matrix output, bool rectify);

    /// <summary>weightGradient = inputᵀ · outputGradient.</summary>
    IProduct WeightGradient(Matrix input, Matrix outputGradient, Matrix weightGradient);

    /// <summary>inputGradient = outputGradient · weightᵀ.</summary>
    IProduct InputGradient(Matrix outputGradient, Matrix weight, Matrix inputGradient);

    /// <summary>As <see cref="Forward"/>, of each window of the images.</summary>
    IProduct Convolve(Convolution shape, Matrix images, Matrix weight, Matrix? bias, Matrix output, bool rectify);

    /// <summary>As <see cref="WeightGradient"/>, summed over all windows.</summary>
    IProduct ConvolutionWeightGradient(Convolution shape, Matrix images, Matrix outputGradient, Matrix weightGradient);

    /// <summary>As <see cref="InputGradient"/>, summed where windows overlap.</summary>
    IProduct ConvolutionInputGradient(Convolution shape, Matrix outputGradient, Matrix weight, Matrix inputGradient);
}

/// <summary>One product with its operands in place.</summary>
internal interface IProduct
{
    void Run();
}
