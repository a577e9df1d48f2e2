using FashionSweep.Coordinator.Results;
using static FashionSweep.Coordinator.Tests.Results.AnsweredImages;

namespace FashionSweep.Coordinator.Tests.Results;

public sealed class AveragingTests
{
    [Fact]
    public void ProbabilitiesAreAveragedByTheirWeights()
    {
        int[] truths = [1, 0];
        var averaged = Averaging.Of([(0.75, Of(truths, [0.6, 0.4], [1, 0])), (0.25, Of(truths, [0, 1], [0.2, 0.8]))]);

        averaged[0].Probabilities.ShouldBe([0.45, 0.55], 1e-12);
        averaged[1].Probabilities.ShouldBe([0.8, 0.2], 1e-12);
        averaged.ShouldAllBe(one => one.IsRight);
        averaged.Select(one => one.Image).ShouldBe([0, 1]);
    }
}
