using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Kernels;

/// <summary>Where this process runs, as trials record it.</summary>
public static class ThisMachine
{
    /// <summary>The processor's model, as <c>AMD EPYC</c>.</summary>
    public static string Processor { get; } = ProcessorModel();

    /// <param name="kernels">The engine's description.</param>
    public static TrialEnvironment Environment(string kernels, Precision precision) => new(
        kernels,
        precision == Precision.Bf16 ? "bf16" : "fp32",
        $"FashionSweep {typeof(ThisMachine).Assembly.GetName().Version!.ToString(3)}",
        Processor,
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        System.Environment.MachineName);

    // An x86 processor says it itself, on every system: 48 letters from three leaves of CPUID, if it has so many. Of others the kind has to do.
    private static string ProcessorModel()
    {
        const uint Extended = 0x8000_0000;
        if (!X86Base.IsSupported || (uint)Leaf(Extended).Eax < Extended + 4) return RuntimeInformation.ProcessArchitecture.ToString();
        Span<(int, int, int, int)> letters = [Leaf(Extended + 2), Leaf(Extended + 3), Leaf(Extended + 4)];
        return Encoding.ASCII.GetString(MemoryMarshal.AsBytes(letters)).Trim('\0', ' ');
    }

    private static (int Eax, int Ebx, int Ecx, int Edx) Leaf(uint number) => X86Base.CpuId(unchecked((int)number), 0);
}
