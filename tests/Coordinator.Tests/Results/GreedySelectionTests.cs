using FashionSweep.Coordinator.Results;
using FashionSweep.Training.Evaluation;
using static FashionSweep.Coordinator.Tests.Results.AnsweredImages;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class GreedySelectionTests
{
    private static readonly int[] Truths = [0, 0, 0, 0];

    // Each is wrong about another image, and unsure there.
    private static readonly IReadOnlyList<Prediction> First = Of(Truths, [0.4, 0.6], [0.9, 0.1], [0.9, 0.1], [0.9, 0.1]);
    private static readonly IReadOnlyList<Prediction> Second = Of(Truths, [0.9, 0.1], [0.4, 0.6], [0.9, 0.1], [0.4, 0.6]);
    private static readonly IReadOnlyList<Prediction> Hopeless = Of(Truths, [0, 1], [0, 1], [0, 1], [0.1, 0.9]);

    [Fact]
    public void ModelsThatMakeUpForEachOthersMistakesAreTakenTogether()
    {
        var taken = GreedySelection.Choose([First, Second, Hopeless], byLoss: false);

        taken[0].ShouldBeGreaterThan(0);
        taken[1].ShouldBeGreaterThan(0);
        taken[2].ShouldBe(0);
    }

    [Fact]
    public void TheBestAloneStaysWhereNothingHelps() => GreedySelection.Choose([First, Hopeless], byLoss: false).ShouldBe([1, 0]);

    [Fact]
    public void NoChoiceOfAnyRoundIsBetterThanWhatIsGiven()
    {
        var taken = GreedySelection.Choose([First, Second, Hopeless], byLoss: true);

        var given = Loss(taken);
        for (var first = 1; first <= 6; first++)
            for (var second = 0; second <= 6; second++) given.ShouldBeLessThanOrEqualTo(Loss([first, second, 0]) + 0.01);
    }

    private static double Loss(IReadOnlyList<int> taken) => Scoring.ScoreOf(Averaging.Of(
    [
        .. new[] { First, Second, Hopeless }.Zip(taken).Where(pair => pair.Second > 0)
            .Select(pair => ((double)pair.Second / taken.Sum(), pair.First)),
    ])).Loss;
}
