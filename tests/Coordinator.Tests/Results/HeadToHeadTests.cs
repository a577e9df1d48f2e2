using FashionSweep.Coordinator.Results;
using FashionSweep.Training.Evaluation;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class HeadToHeadTests
{
    private const string One = "one/1";
    private const string Other = "one/2";

    /// <summary>The figures of R's <c>mcnemar.exact</c>, or of the binomial coefficients by hand.</summary>
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(5, 5, 1)]
    [InlineData(6, 0, 0.03125)]
    [InlineData(0, 6, 0.03125)]
    [InlineData(2, 8, 0.109375)]
    [InlineData(10, 20, 0.0987371)]
    [InlineData(300, 200, 8.94e-6)]
    public void TheTestIsExact(int onlyFirst, int onlySecond, double expected) =>
        new HeadToHead(One, Other, 100, onlyFirst, onlySecond, 100).PValue.ShouldBe(expected, expected * 0.01);

    [Fact]
    public void ThousandsOfDifferencesDontUnderflow()
    {
        new HeadToHead(One, Other, 0, 5000, 5000, 0).PValue.ShouldBe(1);
        new HeadToHead(One, Other, 0, 5100, 4900, 0).PValue.ShouldBe(0.0466, 0.001);
        new HeadToHead(One, Other, 0, 10_000, 0, 0).PValue.ShouldBe(0);
    }

    [Fact]
    public void ImagesAreCountedByWhoIsRight()
    {
        var pair = HeadToHead.Of(One, [Says(1), Says(1), Says(2), Says(3)], Other, [Says(1), Says(2), Says(1), Says(4)]);

        pair.ShouldBe(new HeadToHead(One, Other, BothRight: 1, OnlyFirst: 1, OnlySecond: 1, NeitherRight: 1));
    }

    private static Prediction Says(int label) => new(0, Truth: 1, label, [0.1, 0.5, 0.2, 0.1, 0.1]);
}
