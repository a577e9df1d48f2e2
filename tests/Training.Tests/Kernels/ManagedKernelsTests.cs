using System.Runtime.Intrinsics;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Kernels.Managed;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Kernels;

public sealed class ManagedKernelsTests() : KernelsContract(KernelChoice.Managed)
{
    [Theory]
    [InlineData(8, 16, 16)]
    [InlineData(40, 784, 48)]
    [InlineData(64, 100, 128)]
    public unsafe void VectorWidthsGiveTheSameBits(int rows, int inner, int columns)
    {
        // Where there is no 512-bit unit, the wide kernel runs in halves and agrees all the same.
        using var buffers = new NativeBuffers();
        var (a, b, bias) = (buffers.Allocate(rows, inner), buffers.Allocate(inner, columns), buffers.Allocate(1, columns));
        var (wide, narrow) = (buffers.Allocate(rows, columns), buffers.Allocate(rows, columns));
        var numbers = new RandomStream(5, Purpose.Weights);
        foreach (var matrix in new[] { a, b, bias })
            for (nint i = 0; i < matrix.Count; i++) matrix.Start[i] = numbers.Symmetric(1);

        Gemm.Run512(a.Start, a.Columns, 1, b, inner, bias.Start, wide, rectify: true);
        Gemm.RunPortable(a.Start, a.Columns, 1, b, inner, bias.Start, narrow, rectify: true, accumulate: false, fromColumn: 0);

        for (var row = 0; row < rows; row++) wide.Row(row).SequenceEqual(narrow.Row(row)).ShouldBeTrue();
    }

    [Fact]
    public void DescriptionNamesTheVectorWidth() =>
        KernelSet.Choose(KernelChoice.Managed).Description
            .ShouldBe(Vector512.IsHardwareAccelerated ? "managed Vector512" : $"managed Vector{(Vector256.IsHardwareAccelerated ? 256 : 128)}");
}
