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

    [Fact]
    public void KernelSetsAgreeOnAnyConvolution() =>
        Prop.ForAll(
            (from size in Gen.Choose(3, 12)
             from kernel in Gen.Choose(1, 3)
             from stride in Gen.Choose(1, 3)
             from before in Gen.Choose(0, kernel - 1)
             from channels in Gen.Choose(1, 3)
             from filters in Gen.Choose(1, 3)
             from images in Gen.Choose(1, 2)
             let side = ((size + before - kernel) / stride) + 1
             select new Convolution(images * 8, size, size, channels * 16, filters * 16, kernel, stride, before, side, side)).ToArbitrary(),
            shape =>
            {
                using var buffers = new NativeBuffers();
                using IKernels native = KernelSet.Choose(KernelChoice.OneDnn).Open(), managed = KernelSet.Choose(KernelChoice.Managed).Open();
                var (pixels, outputs) = (shape.Images * shape.Height * shape.Width, shape.Images * shape.OutRows);
                var (images, outputGradient) = (Matrices.Images(buffers, pixels, shape.Channels, 1), Matrices.Images(buffers, outputs, shape.Filters, 2));
                var (weight, bias) = (Matrices.Weights(buffers, shape.Window, shape.Filters, 4), Matrices.Bias(buffers, shape.Filters));

                ShouldAgree(
                    buffers.Allocate(outputs, shape.Filters),
                    (kernels, target) => kernels.Convolve(shape, images, weight, bias, target, rectify: true),
                    native, managed);
                ShouldAgree(
                    buffers.Allocate(shape.Window, shape.Filters),
                    (kernels, target) => kernels.ConvolutionWeightGradient(shape, images, outputGradient, target), native, managed);
                ShouldAgree(
                    buffers.Allocate(pixels, shape.Channels),
                    (kernels, target) => kernels.ConvolutionInputGradient(shape, outputGradient, weight, target),
                    native, managed);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void ManagedKernelsHaveNoBFloat16()
    {
        var managed = KernelSet.Choose(KernelChoice.Managed);

        Should.Throw<KernelException>(() => managed.Open(managed.Resolve(PrecisionChoice.Bf16, convolutional: true))).Message
            .ShouldBe("precision is bf16, must be fp32 or auto with managed kernels: install oneDNN (libdnnl2 on Debian 12) for bf16");
        managed.Resolve(PrecisionChoice.Auto, convolutional: true).ShouldBe(Precision.Fp32);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AutoTakesBFloat16WhereItGains(bool convolutional)
    {
        var native = KernelSet.Choose(KernelChoice.OneDnn);
        var gains = native.Description.Contains("amx", StringComparison.Ordinal)
            || (convolutional && native.Description.EndsWith("16", StringComparison.Ordinal));

        native.Resolve(PrecisionChoice.Auto, convolutional).ShouldBe(gains ? Precision.Bf16 : Precision.Fp32);
        native.Resolve(PrecisionChoice.Bf16, convolutional).ShouldBe(Precision.Bf16);
        native.Resolve(PrecisionChoice.Fp32, convolutional).ShouldBe(Precision.Fp32);
    }

    private static void ShouldAgree(Matrix target, Func<IKernels, Matrix, IProduct> product, IKernels native, IKernels managed)
    {
        product(native, target).Run();
        float[] expected = [.. Enumerable.Range(0, target.Rows).SelectMany(row => target.Row(row).ToArray())];
        product(managed, target).Run();
        for (var row = 0; row < target.Rows; row++)
            for (var column = 0; column < target.Columns; column++)
            {
                var sum = expected[(row * target.Columns) + column];
                target.Row(row)[column].ShouldBe(sum, 5e-5f * Math.Max(1, Math.Abs(sum)));
            }
    }
}
