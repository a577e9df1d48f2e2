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
        var account = File.Exists(KernelsAccount) ? File.ReadLines(KernelsAccount) : [];
        if (account.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } said)
            ThisMachine.Processor.ShouldBe(said[(said.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
    }
}
