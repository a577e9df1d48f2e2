using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Tests.Storage;
using static FashionSweep.Coordinator.Tests.Results.RankedTrials;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class FirstPlaceTests
{
    // The test accuracy of these records is two hundredths below the validation accuracy.
    [Fact]
    public void OfSingleTrialsTheTestAccuraciesTellAsSharesOfTheImages()
    {
        var place = FirstPlace.Of(Board(Samples.Sweep(), [.. Completed(1, 0.92, 0.918, 0.90)]))!;

        (place.By, place.Rivals, place.IsSure).ShouldBe((Evidence.TestImages, 1, false));
        // Two shares of 10,000, 0.9 and 0.898: z = 0.002 / sqrt(2 · 0.899 · 0.101 / 10,000) = 0.4693, of which 0.3194 is beyond.
        place.PValue.ShouldBe(0.3194, 2e-4);
        FirstPlace.Of(Board(Samples.Sweep(), [.. Completed(1, 0.92, 0.90)]))!.IsSure.ShouldBeTrue();
    }

    [Fact]
    public void OfRepeatsTheyTellThemselves()
    {
        var place = FirstPlace.Of(Board(Repeated(3), [.. Completed(1, 0.90, 0.91, 0.92, 0.85, 0.86, 0.87, 0.89, 0.91, 0.90)]))!;

        (place.By, place.Rivals).ShouldBe((Evidence.Repeats, 1));
        // Means 0.91 and 0.90, each of deviation 0.01: t = 0.01 / sqrt(2 · 0.0001 / 3) = 1.2247 of 4 degrees of freedom.
        place.PValue.ShouldBe(0.1439, 2e-4);
    }

    [Fact]
    public void RepeatsThatAreAllAlikeAreSure() =>
        FirstPlace.Of(Board(Repeated(2), [.. Completed(1, 0.9, 0.9, 0.8, 0.8)]))!.ShouldSatisfyAllConditions(
            place => place.IsSure.ShouldBeTrue(), place => place.PValue.ShouldBe(0));

    [Fact]
    public void OneAloneIsNoFirstOfAnything() => FirstPlace.Of(Board(Samples.Sweep(), [Trial(1, 0.9)])).ShouldBeNull();
}
