using FashionSweep.Search.Fronts;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Fronts;

public sealed class ParetoFrontTests
{
    [Fact]
    public void OnTheFrontIsWhatNoOtherBeats() =>
        ParetoFront.Of([[3, 1], [2, 2], [1, 3], [2, 3], [3, 3]]).ShouldBe([2, 1, 0]);

    [Fact]
    public void OfEqualPointsAllAreOnIt() => ParetoFront.Of([[1, 1], [2, 2], [1, 1]]).ShouldBe([0, 2]);

    [Fact]
    public void NoNumberIsTheWorstThereIs() => ParetoFront.Of([[double.NaN, 1], [1, 2], [2, double.PositiveInfinity], [double.NaN, 2]]).ShouldBe([1, 0]);

    [Fact]
    public void NobodyOnTheFrontIsBeatenAndAllOthersAre() => Prop.ForAll(Points, points =>
    {
        var front = ParetoFront.Of(points).ToHashSet();
        for (var place = 0; place < points.Length; place++) points.Any(other => Beats(other, points[place])).ShouldBe(!front.Contains(place));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ALayerIsTheFrontOfWhatTheLayersBeforeItLeave()
    {
        ParetoFront.Layers([[3, 1], [2, 2], [1, 3], [2, 3], [3, 3]], enough: 5).ShouldBe([1, 1, 1, 2, 3]);
        ParetoFront.Layers([[3, 1], [2, 2], [1, 3], [2, 3], [3, 3]], enough: 3).ShouldBe([1, 1, 1, 2, 2]);
    }

    private static Arbitrary<double[][]> Points => Gen.Choose(0, 4).Select(loss => (double)loss).ArrayOf(3).ArrayOf().ToArbitrary();

    private static bool Beats(double[] one, double[] other) =>
        one.Zip(other).All(losses => losses.First <= losses.Second) && one.Zip(other).Any(losses => losses.First < losses.Second);
}
