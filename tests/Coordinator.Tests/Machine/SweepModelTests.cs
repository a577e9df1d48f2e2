using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Coordinator.Tests.Machine;

/// <summary>Whatever happens in whatever order: the records stay true, and both sweeps end as long as nodes come.</summary>
public sealed class SweepModelTests
{
    [Fact]
    public void NoTrialIsLostAndNoneFinishedTwiceWhateverHappens() =>
        Prop.ForAll(Happenings(), happenings =>
        {
            var world = new SweepWorld(total: 12);
            foreach (var (what, which) in happenings) world.Happen(what, which);
            world.RunToTheEnd();
            world.Stores.ShouldAllBe(store => store.End == SweepEnd.Complete && store.Finished == 12);
        }).Check(Configuration);

    [Fact]
    public void NorWhereHalfOfTheNodesLackTheEngineOfHalfOfTheTrials() =>
        Prop.ForAll(Happenings(), happenings =>
        {
            var world = new SweepWorld(total: 12, hasTwoEngines: true);
            foreach (var (what, which) in happenings) world.Happen(what, which);
            world.RunToTheEnd();
            world.Stores.ShouldAllBe(store => store.End == SweepEnd.Complete && store.Finished == 12);
        }).Check(Configuration);

    [Fact]
    public void AStopAtAnyPointEndsTheRunAndTheNextOneGoesOn() =>
        Prop.ForAll(Happenings(), happenings =>
        {
            var world = new SweepWorld(total: 12);
            foreach (var (what, which) in happenings) world.Happen(what, which);
            world.Stop();
            world.Stores.SelectMany(store => store.Trials).ShouldNotContain(trial => trial.State == TrialState.Running);
            world.RunToTheEnd();
            world.Stores.ShouldAllBe(store => store.Finished == 12);
        }).Check(Configuration);

    private static Config Configuration => Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(17, 23);

    private static Arbitrary<(Happening What, int Which)[]> Happenings() =>
        (from what in Gen.Choose(0, Enum.GetValues<Happening>().Length - 1)
         from which in Gen.Choose(0, 96)
         select ((Happening)what, which)).ArrayOf(60).ToArbitrary();
}

internal enum Happening
{
    NodeComes,
    NodeDies,
    NodeFreezes,
    NodeThaws,
    NodeIsDrained,
    NodeConnectsAgain,
    EpochEnds,
    TrialCompletes,
    TrialDiverges,
    TrialFails,
    TrialStopsUnasked,
    OldMessageComesAgain,
    TimerFires,
    CoordinatorRestarts,
    CoordinatorCrashesNext,
}
