using FashionSweep.Training.Data;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Training.Tests.Data;

public sealed class DataSplitTests
{
    [Fact]
    public void EveryImageIsInExactlyOnePart() =>
        Prop.ForAll(
            (from count in Gen.Choose(2, 500)
             from percent in Gen.Choose(1, 90)
             from seed in Gen.Choose(0, 1000)
             select (count, percent / 100.0, (ulong)seed)).ToArbitrary(),
            given =>
            {
                var (count, fraction, seed) = given;
                var split = DataSplit.Of(count, fraction, seed);

                split.Training.Concat(split.Validation).Order().ShouldBe(Enumerable.Range(0, count));
                split.Training.ShouldNotBeEmpty();
                split.Validation.Length.ShouldBe(Math.Clamp((int)Math.Round(count * fraction, MidpointRounding.AwayFromZero), 1, count - 1));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheSeedDecidesTheSplit()
    {
        DataSplit.Of(1000, 0.1, 5).Validation.ShouldBe(DataSplit.Of(1000, 0.1, 5).Validation);
        DataSplit.Of(1000, 0.1, 5).Validation.ShouldNotBe(DataSplit.Of(1000, 0.1, 6).Validation);
    }
}
