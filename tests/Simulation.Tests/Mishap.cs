namespace FashionSweep.Simulation.Tests;

/// <summary>What may happen to a cluster, to its trials and to its sweeps.</summary>
internal enum Mishap
{
    NodeIsKilled,
    MachineVanishes,
    NodeFreezes,
    NodeIsDrained,
    NodeIsToldToLeave,
    ConnectionBreaks,
    WayIsCut,
    WayUpIsCut,
    WayDownIsCut,
    ConnectionIsHalfOpen,
    MembershipIsThrownAway,
    MemberIsDowned,
    CoordinatorDies,
    CoordinatorDiesBetweenSteps,
    CoordinatorFreezes,
    CoordinatorHandsOver,
    CoordinatorIsCutOff,
    StoreIsSlow,
    SweepIsPaused,
    SweepIsResumed,
    SweepsAreStopped,
    SweepIsExtended,
    SweepIsCancelled,
    FailedAreRerun,
    TrialHangs,
    TrialFailsOnce,
    TrialStopsUnasked,
}
