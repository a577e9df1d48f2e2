using FashionSweep.Shared.Faults;
using FashionSweep.Training.Kernels.Managed;
using FashionSweep.Training.Kernels.OneDnn;

namespace FashionSweep.Training.Kernels;

/// <summary>Which kernels to use. Auto takes oneDNN where it is installed.</summary>
public enum KernelChoice
{
    Auto,
    OneDnn,
    Managed,
}

/// <summary>The kernels that this process trains with: part of what decides a trial's bits.</summary>
public sealed class KernelSet
{
    private readonly OneDnnLibrary? _library;

    private KernelSet(OneDnnLibrary? library) => _library = library;

    /// <summary>Set, version and instruction set, as <c>oneDNN 2.6.3 avx512_core</c> or <c>managed Vector512</c>.</summary>
    public string Description => _library?.Description ?? ManagedKernels.Description;

    /// <exception cref="KernelException">oneDNN was asked for and can't be loaded.</exception>
    public static KernelSet Choose(KernelChoice choice)
    {
        var library = choice == KernelChoice.Managed ? null : OneDnnLibrary.Instance;
        if (library is null && choice == KernelChoice.OneDnn)
        {
            throw new KernelException(
                $"oneDNN was asked for, but none of {OneDnnLibrary.TriedNames} can be loaded: install it (libdnnl2 on Debian 12), or choose managed kernels");
        }
        return new KernelSet(library);
    }

    /// <summary>The precision that a choice comes to on this machine.</summary>
    /// <param name="convolutional">Most of the model's work is in convolutions.</param>
    public Precision Resolve(PrecisionChoice choice, bool convolutional) => choice switch
    {
        PrecisionChoice.Bf16 => Precision.Bf16,
        PrecisionChoice.Auto when _library is { HasAmx: true } || (convolutional && _library is { HasBFloat16: true }) => Precision.Bf16,
        _ => Precision.Fp32,
    };

    /// <summary>Whether it has kernels of such precision on this machine.</summary>
    public bool Does(Precision precision) => precision == Precision.Fp32 || _library is { DoesBFloat16: true };

    /// <summary>Kernels for one trial, to be opened, used and disposed of on its thread.</summary>
    /// <exception cref="KernelException">This set has no kernels of such precision.</exception>
    internal IKernels Open(Precision precision = Precision.Fp32)
    {
        if (!Does(precision))
        {
            throw new KernelException(_library is null
                ? "precision is bf16, must be fp32 or auto with managed kernels: install oneDNN (libdnnl2 on Debian 12) for bf16"
                : $"precision is bf16, must be fp32 or auto on this processor: {_library.Description} has no products of bf16");
        }
        return _library is null ? new ManagedKernels() : new OneDnnKernels(_library, precision);
    }
}

/// <summary>The kernels are missing or refused a product; the message says which and why.</summary>
public sealed class KernelException(string message) : UserException(message);
