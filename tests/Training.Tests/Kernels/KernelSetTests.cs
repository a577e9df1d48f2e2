using FashionSweep.Training.Kernels;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Training.Tests.Kernels;

public sealed class KernelSetTests
{
    [Fact]
    public void KernelSetsAgreeOnAnyShape() =>
        Prop.ForAll(
            (from rows in Gen.Choose(1, 100) from inputs in Gen.Choose(1, 300) from outputs in Gen.Choose(1, 150) select (rows, inputs, outputs)).ToArbitrary(),
            shape =>
            {
                var (rows, inputs, outputs) = shape;
                using var buffers = new NativeBuffers();
                using IKernels native = KernelSet.Choose(KernelChoice.OneDnn).Open(), managed = KernelSet.Choose(KernelChoice.Managed).Open();
                var (input, outputGradient) = (Matrices.Images(buffers, rows, inputs, 1), Matrices.Images(buffers, rows, outputs, 2));
                var (weight, bias) = (Matrices.Weights(buffers, inputs, outputs, 4), Matrices.Bias(buffers, outputs));

                ShouldAgree(buffers.Allocate(rows, outputs), (kernels, target) => kernels.Forward(input, weight, bias, target, rectify: true), native, managed);
                ShouldAgree(buffers.Allocate(rows, inputs), (kernels, target) => kernels.InputGradient(outputGradient, weight, target), native, managed);
                ShouldAgree(
                    buffers.Allocate(Matrix.PadColumns(inputs), outputs),
                    (kernels, target) => kernels.WeightGradient(input, outputGradient, target),
                    native,
                    managed);
            }).QuickCheckThrowOnFailure();

    private static void ShouldAgree(Matrix target, Func<IKernels, Matrix, IProduct> product, IKernels native, IKernels managed)
    {
        product(native, target).Run();
        float[] expected = [.. Enumerable.Range(0, target.Rows).SelectMany(row => target.Row(row).ToArray())];
        product(managed, target).Run();
        for (var row = 0; row < target.Rows; row++)
            for (var column = 0; column < target.Columns; column++)
                target.Row(row)[column].ShouldBe(expected[(row * target.Columns) + column], 5e-5f);
    }
}
