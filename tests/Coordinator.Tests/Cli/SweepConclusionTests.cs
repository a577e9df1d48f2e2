using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class SweepConclusionTests
{
    [Theory]
    [InlineData(SweepEnd.Complete, 1)]
    [InlineData(SweepEnd.TimedOut, 1)]
    [InlineData(SweepEnd.Stopped, 130)]
    public void ASweepWithoutATrialHasNotDoneItsWork(SweepEnd end, int exit)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var sweep = new SweepRecord("quick", "quick.yaml", "", Objective.Default, 5, DateTimeOffset.UnixEpoch);
        SweepConclusion.Write(sweep, [], TrainerCatalog.Parameters, end, output, error).ShouldBe(exit);
        error.ToString().Contains("quick has ended without a trial", StringComparison.Ordinal).ShouldBe(exit == 1);
    }
}
