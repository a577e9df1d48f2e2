using FashionSweep.Shared.Trials;
using FashionSweep.Training.Schedules;

namespace FashionSweep.Training.Tests.Schedules;

public sealed class EarlyStoppingTests
{
    private static readonly Objective Accuracy = Objective.Default;

    [Theory]
    [InlineData(false, 0.5)]
    [InlineData(false, 0.5, 0.5, 0.5)]
    [InlineData(true, 0.5, 0.5, 0.5, 0.5)]
    [InlineData(false, 0.5, 0.4, 0.4, 0.6)]
    [InlineData(true, 0.5, 0.4, 0.4, 0.6, 0.6, 0.6, 0.6)]
    public void TheEpochThatExhaustsThePatienceIsTheLast(bool due, params double[] accuracies) =>
        EarlyStopping.IsDue(new EarlyStoppingConfig(Accuracy, Patience: 2, MinDelta: 0), Reports(accuracies)).ShouldBe(due);

    [Fact]
    public void AGainBelowTheLeastIsNone() =>
        EarlyStopping.IsDue(new EarlyStoppingConfig(Accuracy, Patience: 0, MinDelta: 0.02), Reports(0.5, 0.51)).ShouldBeTrue();

    [Fact]
    public void ALossGetsBetterDownwards()
    {
        var watched = new EarlyStoppingConfig(new Objective(Metric.ValidationLoss, Goal.Minimize), Patience: 0, MinDelta: 0);
        EpochReport[] falling = [Report(1, 0.5, loss: 2), Report(2, 0.5, loss: 1)];

        EarlyStopping.IsDue(watched, falling).ShouldBeFalse();
        EarlyStopping.IsDue(watched, [.. falling, Report(3, 0.9, loss: 1.5)]).ShouldBeTrue();
    }

    [Fact]
    public void WithoutAMetricNoTrialStops() => EarlyStopping.IsDue(config: null, Reports(0.5, 0.1, 0.1)).ShouldBeFalse();

    private static EpochReport[] Reports(params double[] accuracies) => [.. accuracies.Select((accuracy, index) => Report(index + 1, accuracy, loss: 1))];

    private static EpochReport Report(int epoch, double accuracy, double loss) => new(epoch, new Score(1, 0), new Score(loss, accuracy), 0);
}
