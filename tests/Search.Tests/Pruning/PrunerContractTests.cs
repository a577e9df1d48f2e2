using FashionSweep.Search.Pruning;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Pruning;

/// <summary>What holds for every pruner.</summary>
public sealed class PrunerContractTests
{
    [Fact]
    public void AReplayGivesTheSameVerdicts() => ForAll(Race.Any.Generator, (spec, race) =>
    {
        var judgements = race.Run(spec, Race.Minimized);
        var again = Pruners.For(spec, Race.Minimized);
        judgements.Select(judgement => again.Judge(judgement.Shown)).ShouldBe(judgements.Select(judgement => judgement.Reason));
    });

    [Fact]
    public void AMirroredMetricGivesTheSameDecisions() => ForAll(Race.Any.Generator, (spec, race) =>
    {
        var mirrored = spec is PrunerSpec.Threshold threshold ? threshold with { Bound = -threshold.Bound } : spec;
        Ends(race.Mirrored.Run(mirrored, Race.Maximized)).ShouldBe(Ends(race.Run(spec, Race.Minimized)));
    });

    [Fact]
    public void ALastEpochIsNeverJudged() => ForAll(Race.Any.Generator, (spec, race) =>
        race.Run(spec, Race.Minimized).ShouldAllBe(judgement => !judgement.Shown.IsLast || judgement.Reason == null));

    [Fact]
    public void SomeTrialReachesItsEnd() => ForAll(Race.Any.Generator, (spec, race) =>
    {
        if (spec is PrunerSpec.Patience or PrunerSpec.Threshold) return;
        race.Run(spec, Race.Minimized).ShouldContain(judgement => judgement.Shown.IsLast);
    });

    [Fact]
    public void AReasonBeginsWithItsEpochAndShowsTheMetricAsItIs() => ForAll(Race.Any.Generator, (spec, race) =>
    {
        foreach (var (shown, reason) in race.Run(spec, Race.Maximized).Where(judgement => judgement.Reason is not null))
        {
            reason!.ShouldStartWith($"epoch {shown.Epoch}: ");
            reason.ShouldNotContain("-");
            reason.Length.ShouldBeLessThan(120);
        }
    });

    [Fact]
    public void NoneStopsNothing() => Prop.ForAll(Race.Any, race =>
        race.Run(new PrunerSpec.None(), Race.Minimized).ShouldAllBe(judgement => judgement.Reason == null)).QuickCheckThrowOnFailure();

    [Fact]
    public void EqualTrialsAreNotWorseThanTheirMedian() => Prop.ForAll(Race.Level, race =>
        race.Run(new PrunerSpec.Median(0, 1), Race.Minimized).ShouldAllBe(judgement => judgement.Reason == null)).QuickCheckThrowOnFailure();

    private static IEnumerable<(EpochOfTrial, bool)> Ends(IEnumerable<Judgement> judgements) =>
        judgements.Select(judgement => (judgement.Shown, judgement.Reason is not null));

    private static void ForAll(Gen<Race> races, Action<PrunerSpec, Race> holds) =>
        Prop.ForAll(
            (from spec in Race.Specs from race in races select (spec, race)).ToArbitrary(), both => holds(both.spec, both.race)).QuickCheckThrowOnFailure();
}
