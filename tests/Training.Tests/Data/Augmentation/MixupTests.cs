using FashionSweep.Training.Data.Augmentation;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Data.Augmentation;

public sealed class MixupTests
{
    [Fact]
    public void EachImageIsMixedWithItsPartner()
    {
        using var buffers = new NativeBuffers();
        var input = buffers.Allocate(8, 20);
        // Row r holds r everywhere, and its label is r: a mixed row tells its partner.
        for (var row = 0; row < 5; row++) input.Row(row)[..20].Fill(row);

        var targets = new Mixup(alpha: 0.4, input, buffers).Mix([0, 1, 2, 3, 4], new TrainingStep(1, 1, 1));

        targets.Share.ShouldBeInRange(0, 1);
        for (var row = 0; row < 5; row++)
            foreach (var value in input.Row(row)[..20]) value.ShouldBe((row * targets.Share) + (targets.Partners[row] * (1 - targets.Share)), 1e-5f);
        targets.Partners.ToArray().Order().ToArray().ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public void UnevenSharesLeaveNoDenormals()
    {
        using var buffers = new NativeBuffers();
        var input = buffers.Allocate(8, 20);
        var mixup = new Mixup(alpha: 0.005, input, buffers);
        for (var step = 1; step <= 200; step++)
        {
            for (var row = 0; row < 8; row++) input.Row(row)[..20].Fill(row / 255f);

            mixup.Mix([0, 1, 2, 3, 4, 5, 6, 7], new TrainingStep(1, 1, step));

            for (var row = 0; row < 8; row++) input.Row(row).ToArray().ShouldAllBe(value => !float.IsSubnormal(value));
        }
    }

    /// <summary>Beta(α, α) has mean 1/2 and variance 1 / (4 (2 α + 1)).</summary>
    [Theory]
    [InlineData(0.0005)]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(5)]
    public void SharesHaveTheMeanAndVarianceOfTheirDistribution(double alpha)
    {
        var numbers = new RandomStream(9, Purpose.Mixing);
        var shares = new double[40_000];
        for (var i = 0; i < shares.Length; i++) shares[i] = numbers.Beta(alpha);

        var mean = shares.Average();
        mean.ShouldBe(0.5, 0.01);
        shares.Average(share => (share - mean) * (share - mean)).ShouldBe(1 / (4 * ((2 * alpha) + 1)), 0.005);
        shares.ShouldAllBe(share => share >= 0 && share <= 1);
    }

    [Fact]
    public void NormalNumbersHaveMeanZeroAndVarianceOne()
    {
        var numbers = new RandomStream(9, Purpose.Weights);
        var drawn = new double[40_000];
        for (var i = 0; i < drawn.Length; i++) drawn[i] = numbers.Normal();

        drawn.Average().ShouldBe(0, 0.02);
        drawn.Average(number => number * number).ShouldBe(1, 0.03);
    }
}
