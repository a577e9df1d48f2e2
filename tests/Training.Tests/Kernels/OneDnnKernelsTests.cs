using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Tests.Kernels;

public sealed class OneDnnKernelsTests() : KernelsContract(KernelChoice.OneDnn)
{
    [Fact]
    public void DescriptionNamesVersionAndInstructionSet() =>
        KernelSet.Choose(KernelChoice.OneDnn).Description.ShouldMatch(@"^oneDNN [23]\.\d+\.\d+ (sse41|avx\w*|isa 0x[0-9a-f]+)$");

    [Fact]
    public void AutoTakesOneDnnWhereItIsInstalled() =>
        KernelSet.Choose(KernelChoice.Auto).Description.ShouldBe(KernelSet.Choose(KernelChoice.OneDnn).Description);
}
