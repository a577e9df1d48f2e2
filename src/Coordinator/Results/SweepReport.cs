using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Results;

/// <summary>What there is to say of a sweep in words and figures, whatever it is written as.</summary>
/// <param name="Winner">The best trial of the best configuration; null while no trial is completed.</param>
/// <param name="Version">Of the program that made it.</param>
public sealed record SweepReport(Leaderboard Board, TrialRecord? Winner, DateTimeOffset MadeAt, string Version)
{
    public Objective Objective => Board.Sweep.Objective;
}
