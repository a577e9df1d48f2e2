namespace FashionSweep.Training.Kernels;

/// <summary>What products read; weights, gradients, an optimizer's state, sums and the loss are float32 in any case.</summary>
public enum Precision
{
    Fp32,

    /// <summary>Float32 with the last 16 bits rounded away: twice the products where a processor has units for it, many more with AMX.</summary>
    Bf16,
}

/// <summary>
/// Which precision to use. Auto takes bfloat16 where the processor has AMX, and for convolutions where it has at least vector instructions for
/// it: small dense layers gain little from those or lose.
/// </summary>
public enum PrecisionChoice
{
    Fp32,
    Bf16,
    Auto,
}
