using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Live;

public sealed class SweepChoiceTests
{
    [Fact]
    public void TheFirstRunHasThePlainName() =>
        SweepChoice.ForRun([], "mlp", "text").ShouldBe(new SweepChoice.Fresh("mlp", null));

    [Fact]
    public void ASecondRunIsNumberedAfterTheHighest() =>
        SweepChoice.ForRun([Sweep("mlp"), Sweep("mlp-7"), Sweep("mlp-wide"), Sweep("cnn-9")], "mlp", "text").ShouldBe(new SweepChoice.Fresh("mlp-8", null));

    [Fact]
    public void AFreshRunKnowsOfAnUnfinishedOne()
    {
        var stopped = Sweep("mlp", end: SweepEnd.Stopped);

        SweepChoice.ForRun([stopped], "mlp", "text").ShouldBe(new SweepChoice.Fresh("mlp-2", stopped));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(SweepEnd.Stopped)]
    [InlineData(SweepEnd.NoNodes)]
    public void AnUnfinishedSweepGoesOn(SweepEnd? end)
    {
        var unfinished = Sweep("mlp-2", end: end);

        SweepChoice.ForResume([Sweep("mlp"), unfinished], "mlp", "text", "mlp.yaml").ShouldBe(new SweepChoice.GoOn(unfinished));
    }

    [Fact]
    public void ACompleteSweepHasNothingLeft() =>
        SweepChoice.ForResume([Sweep("mlp")], "mlp", "text", "mlp.yaml").ShouldBe(new SweepChoice.AlreadyComplete(Sweep("mlp")));

    [Fact]
    public void AChangedFileCanNotGoOn() =>
        SweepChoice.ForResume([Sweep("mlp", end: SweepEnd.Stopped)], "mlp", "other text", "mlp.yaml")
            .ShouldBeOfType<SweepChoice.NothingToResume>().Reason.ShouldContain("mlp.yaml has changed since mlp was started");

    [Fact]
    public void AnUnknownSweepCanNotGoOn() =>
        SweepChoice.ForResume([], "mlp", "text", "mlp.yaml").ShouldBeOfType<SweepChoice.NothingToResume>();

    private static SweepRecord Sweep(string name, SweepEnd? end = SweepEnd.Complete) =>
        new(name, "mlp.yaml", "text", Objective.Default, 4, DateTimeOffset.UnixEpoch, end);
}
