using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Tests.Kernels;

/// <summary>What every kernel set must do, against sums in double precision.</summary>
public abstract class KernelsContract(KernelChoice choice)
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 1, 784, 10 }, { 3, 5, 7 }, { 8, 16, 16 }, { 13, 100, 33 }, { 32, 784, 128 }, { 50, 17, 48 }, { 64, 128, 64 }, { 65, 31, 130 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardIsProductPlusBias(int rows, int inputs, int outputs) => CheckForward(rows, inputs, outputs, rectify: false);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void RectifiedForwardHasNothingBelowZero(int rows, int inputs, int outputs) => CheckForward(rows, inputs, outputs, rectify: true);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void WeightGradientSumsOverTheRows(int rows, int inputs, int outputs)
    {
        using var buffers = new NativeBuffers();
        using var kernels = KernelSet.Choose(choice).Open();
        var (input, outputGradient) = (Matrices.Images(buffers, rows, inputs, 1), Matrices.Images(buffers, rows, outputs, 2));
        var weightGradient = buffers.Allocate(Matrix.PadColumns(inputs), outputs);

        kernels.WeightGradient(input, outputGradient, weightGradient).Run();

        ShouldBeSums(weightGradient, rows, (i, j, k) => (double)input.Row(k)[i] * outputGradient.Row(k)[j]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void InputGradientGoesBackThroughTheWeights(int rows, int inputs, int outputs)
    {
        using var buffers = new NativeBuffers();
        using var kernels = KernelSet.Choose(choice).Open();
        var (outputGradient, weight) = (Matrices.Images(buffers, rows, outputs, 1), Matrices.Weights(buffers, inputs, outputs, 2));
        var inputGradient = buffers.Allocate(rows, inputs);

        kernels.InputGradient(outputGradient, weight, inputGradient).Run();

        ShouldBeSums(inputGradient, outputs, (i, j, k) => (double)outputGradient.Row(i)[k] * weight.Row(j)[k]);
    }

    [Fact]
    public void ProductsMadeEarlierRunAfterLaterOnes()
    {
        using var buffers = new NativeBuffers();
        using var kernels = KernelSet.Choose(choice).Open();
        var output = buffers.Allocate(16, 16);
        var early = kernels.Forward(
            Matrices.Images(buffers, 16, 32, 1), Matrices.Weights(buffers, 32, 16, 2), Matrices.Bias(buffers, 16), output, rectify: false);
        early.Run();
        var expected = output.Row(3).ToArray();
        // A larger product moves a scratchpad that both share.
        kernels.WeightGradient(Matrices.Images(buffers, 1000, 784, 4), Matrices.Images(buffers, 1000, 512, 5), buffers.Allocate(784, 512)).Run();
        output.Row(3).Clear();

        early.Run();

        output.Row(3).ToArray().ShouldBe(expected);
    }

    private void CheckForward(int rows, int inputs, int outputs, bool rectify)
    {
        using var buffers = new NativeBuffers();
        using var kernels = KernelSet.Choose(choice).Open();
        var (input, weight, bias) = (Matrices.Images(buffers, rows, inputs, 1), Matrices.Weights(buffers, inputs, outputs, 2), Matrices.Bias(buffers, outputs));
        var output = buffers.Allocate(rows, outputs);

        kernels.Forward(input, weight, bias, output, rectify).Run();

        ShouldBeSums(output, inputs, (i, j, k) => (double)input.Row(i)[k] * weight.Row(k)[j], j => bias.Row(0)[j], rectify);
    }

    private static void ShouldBeSums(Matrix actual, int inner, Func<int, int, int, double> term, Func<int, double>? bias = null, bool rectify = false)
    {
        for (var i = 0; i < actual.Rows; i++)
            for (var j = 0; j < actual.Columns; j++)
            {
                var sum = bias?.Invoke(j) ?? 0;
                for (var k = 0; k < inner; k++) sum += term(i, j, k);
                var expected = rectify ? Math.Max(sum, 0) : sum;
                Math.Abs(actual.Row(i)[j] - expected).ShouldBeLessThan(1e-6 * (inner + 4), $"at {i}, {j}");
            }
    }
}
