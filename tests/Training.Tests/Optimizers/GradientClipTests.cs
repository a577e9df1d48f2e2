using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Optimizers;
using FashionSweep.Training.Randomness;
using FashionSweep.Training.Tests.Networks;

namespace FashionSweep.Training.Tests.Optimizers;

public sealed class GradientClipTests : IDisposable
{
    private readonly Net _net = new(KernelChoice.Managed, new MlpShape(50, [30], 10, Dropout: 0), batchSize: 4);

    private ParameterBlock Parameters => _net.Model.Parameters;

    private unsafe Span<float> Gradients => new(Parameters.Gradients, (int)Parameters.Trainable);

    public void Dispose() => _net.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void LongGradientsAreScaledByTheirLengthInSixteenSums(ulong seed)
    {
        var before = Draw(seed);
        var sums = new double[16];
        foreach (var (index, gradient) in before.Index()) sums[index % 16] += (double)gradient * gradient;
        var scale = (float)(0.5 / (Math.Sqrt(sums.Aggregate(0.0, (total, sum) => total + sum)) + 1e-6));

        new GradientClip(0.5, Parameters).Apply();

        scale.ShouldBeLessThan(1);
        Gradients.ToArray().ShouldBe(before.Select(gradient => gradient * scale));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e6)]
    public void ShortGradientsAndNoBoundChangeNothing(double bound)
    {
        var before = Draw(seed: 1);

        new GradientClip(bound, Parameters).Apply();

        Gradients.ToArray().ShouldBe(before);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ALostGradientStaysLost(float lost)
    {
        Draw(seed: 1);
        Gradients[5] = lost;

        new GradientClip(0.5, Parameters).Apply();

        float.IsNaN(Gradients[5]).ShouldBeTrue();
    }

    private float[] Draw(ulong seed)
    {
        var numbers = new RandomStream(seed, Purpose.Split);
        foreach (ref var gradient in Gradients) gradient = numbers.Symmetric(1);
        return Gradients.ToArray();
    }
}
