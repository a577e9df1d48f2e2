using System.Runtime.InteropServices;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Tests.Kernels;

public sealed partial class SelfTestTests
{
    private const int Downward = 0x400;

    [Theory]
    [InlineData(KernelChoice.OneDnn)]
    [InlineData(KernelChoice.Managed)]
    public void ThisMachinePasses(KernelChoice choice) => SelfTest.Run(KernelSet.Choose(choice));

    /// <summary>The C library's fesetround changes the processor's mode for the thread, as a careless library would.</summary>
    [Fact]
    public void AnotherRoundingModeIsNoticed()
    {
        var kernels = KernelSet.Choose(KernelChoice.Managed);
        SelfTest.Run(kernels);
        Exception? fault = null;
        var thread = new Thread(() =>
        {
            _ = fesetround(Downward);
            try
            {
                SelfTest.Run(kernels);
            }
            catch (KernelException wrong)
            {
                fault = wrong;
            }
            finally
            {
                _ = fesetround(0);
            }
        });
        thread.Start();
        thread.Join();

        fault.ShouldNotBeNull().Message.ShouldStartWith("the self-test of this machine failed: the processor does not round");
    }

    [LibraryImport("libm.so.6")]
    private static partial int fesetround(int mode);
}
