using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Schedules;

/// <summary>Ends a trial that no longer gets better.</summary>
/// <param name="Watched">A metric and which way is better.</param>
/// <param name="Patience">So many epochs may be no better; the next such one is the last.</param>
/// <param name="MinDelta">Less than this is no better.</param>
public sealed record EarlyStoppingConfig(Objective Watched, int Patience, double MinDelta);
