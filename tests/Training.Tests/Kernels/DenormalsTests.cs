using System.Numerics;
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
    public void OnlyTheTiniestNumbersBecomeZero(float value, float expected) =>
        Denormals.Flush(new Vector<float>(value), new Vector<float>(Denormals.Bound))[0].ShouldBe(expected);
}
