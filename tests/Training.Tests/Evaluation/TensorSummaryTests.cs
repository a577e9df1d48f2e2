using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Tests.Evaluation;

public sealed class TensorSummaryTests
{
    [Fact]
    public void ATensorIsSummedUp()
    {
        var summary = TensorSummary.Of("dense 1", new NamedTensor("layers.0.weight", [2, 2], [0, 3, 0, -1]));

        (summary.Mean, summary.Minimum, summary.Maximum, summary.Zeros).ShouldBe((0.5, -1, 3, 0.5));
        summary.Deviation.ShouldBe(1.5, 1e-12);
        summary.Norm.ShouldBe(Math.Sqrt(10), 1e-12);
        summary.Histogram.Index().Where(range => range.Item > 0).Select(range => (range.Index, range.Item)).ShouldBe([(0, 1), (5, 2), (19, 1)]);
    }

    [Fact]
    public void HowFarItHasMovedIsTheNormOfWhatWasAdded()
    {
        var (first, now) = (new NamedTensor("layers.0.weight", [2], [1, 0]), new NamedTensor("layers.0.weight", [2], [4, -4]));

        TensorSummary.Of("dense 1", now, first).Moved.ShouldBe(5);
        TensorSummary.Of("dense 1", now).Moved.ShouldBeNull();
    }

    [Fact]
    public void WeightsThatWereNeverTrainedHaveNotMoved()
    {
        var config = TrainingConfig.From(TrainerCatalog.Parameters.Complete(ParameterSet.Empty, sweepSeed: 1));
        var plan = config.Model.PlanFor(TrainingData.FashionMnistImage);

        var summaries = TensorSummary.Of(new RecordedModel(config, [.. FirstWeights.Draw(plan, config.Model.Initialization, config.Seed)]));

        summaries.ShouldAllBe(summary => summary.Moved == 0);
    }

    [Fact]
    public void ATensorOfOneValueHasOneRange() => TensorSummary.Of("batch_norm 1", new NamedTensor("layers.0.bias", [3], [2, 2, 2])).Histogram[0].ShouldBe(3);
}
