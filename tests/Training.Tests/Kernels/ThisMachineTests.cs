using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Tests.Kernels;

public sealed class ThisMachineTests
{
    /// <summary>A snapshot goes on only on the processor that it is of, by this name. A system that was moved while it ran may call it otherwise.</summary>
    [Fact]
    public void TheProcessorHasANameThatCanBeShown()
    {
        ThisMachine.Processor.ShouldNotBeNullOrWhiteSpace();
        ThisMachine.Processor.ShouldAllBe(letter => char.IsAscii(letter) && !char.IsControl(letter));
    }
}
