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
    private readonly Func<IKernels> _open;

    private KernelSet(string description, Func<IKernels> open)
    {
        Description = description;
        _open = open;
    }

    /// <summary>Set, version and instruction set, as <c>oneDNN 2.6.3 avx512_core</c> or <c>managed Vector512</c>.</summary>
    public string Description { get; }

    /// <summary>Of the products.</summary>
    public string Precision { get; } = "fp32";

    /// <exception cref="KernelException">oneDNN was asked for and can't be loaded.</exception>
    public static KernelSet Choose(KernelChoice choice)
    {
        var library = choice == KernelChoice.Managed ? null : OneDnnLibrary.Instance;
        if (library is not null) return new KernelSet(library.Description, () => new OneDnnKernels(library));
        if (choice == KernelChoice.OneDnn)
            throw new KernelException($"oneDNN was asked for, but none of {OneDnnLibrary.TriedNames} can be loaded: install it (libdnnl2 on Debian 12), or choose managed kernels");
        return new KernelSet(ManagedKernels.Description, () => new ManagedKernels());
    }

    /// <summary>Kernels for one trial, to be opened, used and disposed of on its thread.</summary>
    internal IKernels Open() => _open();
}

/// <summary>The kernels are missing or refused a product; the message says which and why.</summary>
public sealed class KernelException(string message) : Exception(message);
