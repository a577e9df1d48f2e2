namespace FashionSweep.Training.Kernels;

/// <summary>
/// The heavy products of one trial, bound once to buffers that stay where they are. Made, run and disposed of on the trial's thread;
/// disposing frees every product. All other work of a training step is shared managed code.
/// </summary>
internal interface IKernels : IDisposable
{
    /// <summary>output = input · weight + bias, then max(0, ·) where <paramref name="rectify"/>.</summary>
    /// <param name="input">[rows, inputs]</param>
    /// <param name="weight">[inputs, outputs]</param>
    /// <param name="bias">One row of outputs.</param>
    /// <param name="output">[rows, outputs]</param>
    IProduct Forward(Matrix input, Matrix weight, Matrix bias, Matrix output, bool rectify);

    /// <summary>weightGradient = inputᵀ · outputGradient.</summary>
    IProduct WeightGradient(Matrix input, Matrix outputGradient, Matrix weightGradient);

    /// <summary>inputGradient = outputGradient · weightᵀ.</summary>
    IProduct InputGradient(Matrix outputGradient, Matrix weight, Matrix inputGradient);
}

/// <summary>One product with its operands in place.</summary>
internal interface IProduct
{
    void Run();
}
