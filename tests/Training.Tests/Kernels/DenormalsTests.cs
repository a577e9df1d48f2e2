using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Tests.Kernels;

public sealed class DenormalsTests
{
    [Theory]
    [InlineData(float.Epsilon, 0)]
    [InlineData(-1e-30f, 0)]
    [InlineData(1e-24f, 1e-24f)]
    [InlineData(-3, -3)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public unsafe void OnlyTheTiniestNumbersBecomeZero(float value, float expected)
    {
        var lanes = stackalloc float[UsualFloats.Count];

        Denormals.Flush(UsualFloats.Of(value), UsualFloats.Of(Denormals.Bound)).Store(lanes);

        lanes[0].ShouldBe(expected);
    }
}
