using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Tests.Kernels;

public sealed class ThisMachineTests
{
    private const string KernelsAccount = "/proc/cpuinfo";

    /// <summary>A snapshot goes on only on the processor that it is of, by this name.</summary>
    [Fact]
    public void TheProcessorIsCalledAsTheSystemCallsIt()
    {
        ThisMachine.Processor.ShouldNotBeEmpty();
        if (!File.Exists(KernelsAccount) || File.ReadLines(KernelsAccount).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is not { } line)
            return;
        ThisMachine.Processor.ShouldBe(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
    }
}
