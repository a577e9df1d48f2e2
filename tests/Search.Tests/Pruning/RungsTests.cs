using FashionSweep.Search.Pruning;

namespace FashionSweep.Search.Tests.Pruning;

public sealed class RungsTests
{
    [Fact]
    public void AshasRungsAreExactPowers() => Rungs.Of(new PrunerSpec.Asha(1, 3)).ShouldBe(
        [1, 3, 9, 27, 81, 243, 729, 2187, 6561, 19683, 59049, 177147, 531441, 1594323, 4782969, 14348907, 43046721, 129140163, 387420489, 1162261467]);

    [Fact]
    public void AshasRungsEndBelowMaxIter() => Rungs.Of(new PrunerSpec.Asha(2, 2, 16)).ShouldBe([2, 4, 8]);

    public static TheoryData<PrunerSpec.Hyperband, int[]> AsWandb => new()
    {
        { new(MinIter: 3, MaxIter: 30), [3, 9, 27] },
        { new(MaxIter: 27, S: 2), [3, 9] },
        { new(MaxIter: 81, S: 3), [3, 9, 27] },
        { new(MaxIter: 18, S: 2), [2, 6] },
        { new(MaxIter: 5, S: 2, Eta: 2), [1, 2] },
        { new(MaxIter: 27), [1, 3, 9] },
        { new(MaxIter: 27, S: 20), [1, 3, 9] },
        { new(MinIter: 10, MaxIter: 27, S: 2), [3, 9] },
        { new(MinIter: 4, S: 3), [4, 12, 36] },
        { new(MinIter: 2, Eta: 1.5, MaxIter: 12), [2, 3, 4, 6, 10] },
        { new(MinIter: 1, Eta: 1.25, S: 6), [1, 2, 3, 4, 5, 7] },
        { new(MaxIter: 20, S: 3, Eta: 2.5), [1, 3, 8] },
    };

    [Theory]
    [MemberData(nameof(AsWandb))]
    public void HyperbandsRungsAreWandbs(PrunerSpec.Hyperband spec, int[] rungs) => Rungs.Of(spec).ShouldBe(rungs);

    [Fact]
    public void HyperbandWithoutKeysBeginsAtTheFirstEpoch() => Rungs.Of(new PrunerSpec.Hyperband()).Take(4).ShouldBe([1, 3, 9, 27]);
}
