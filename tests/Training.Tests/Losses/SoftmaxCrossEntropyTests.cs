using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;

namespace FashionSweep.Training.Tests.Losses;

public sealed class SoftmaxCrossEntropyTests
{
    [Fact]
    public void LossAndGradientAreThoseOfTheFormula()
    {
        float[][] logits = [[1, 2, 3], [-4, 0.5f, 0.25f], [100, -100, 99]];
        byte[] labels = [2, 0, 2];

        var (loss, correct, gradient) = Run(logits, labels);

        var expected = 0.0;
        for (var row = 0; row < labels.Length; row++)
        {
            var sum = logits[row].Sum(value => Math.Exp(value));
            expected -= Math.Log(Math.Exp(logits[row][labels[row]]) / sum);
            for (var i = 0; i < 3; i++)
                ((double)gradient[row][i]).ShouldBe(((Math.Exp(logits[row][i]) / sum) - (i == labels[row] ? 1 : 0)) / 3, 1e-7);
        }
        loss.ShouldBe(expected, 1e-6);
        correct.ShouldBe(1);
    }

    [Fact]
    public void PaddingAndRowsWithoutLabelGetNoGradient()
    {
        var (_, _, gradient) = Run([[1, 2, 3], [4, 5, 6]], [0]);

        gradient[0].Skip(3).ShouldAllBe(value => value == 0);
        gradient.Skip(1).ShouldAllBe(row => row.All(value => value == 0));
    }

    [Fact]
    public void FarLogitsNeitherOverflowNorLeaveDenormals()
    {
        var (loss, _, gradient) = Run([[3e38f, -3e38f, 0]], [0]);

        loss.ShouldBe(0, 1e-6);
        gradient[0].ShouldAllBe(value => Math.Abs(value) < 1e-6 && !float.IsSubnormal(value));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void LostLogitsMakeTheLossNaN(float value) => Run([[0, value, 1]], [0]).Loss.ShouldBe(double.NaN);

    [Fact]
    public void OfEqualLogitsTheFirstIsTheAnswer()
    {
        Run([[1, 1, 1]], [0]).Correct.ShouldBe(1);
        Run([[1, 1, 1]], [1]).Correct.ShouldBe(0);
    }

    private static (double Loss, int Correct, float[][] Gradient) Run(float[][] logits, byte[] labels)
    {
        using var buffers = new NativeBuffers();
        var (values, gradient) = (buffers.Allocate(logits.Length, 3), buffers.Allocate(logits.Length, 3));
        for (var row = 0; row < logits.Length; row++) logits[row].CopyTo(values.Row(row));
        var (loss, correct) = new SoftmaxCrossEntropy(smoothing: 0).Run(values, 3, new Targets(labels), gradient);
        return (loss, correct, [.. Enumerable.Range(0, gradient.Rows).Select(row => gradient.Row(row).ToArray())]);
    }
}
