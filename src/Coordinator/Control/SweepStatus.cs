using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Control;

/// <summary>How a running sweep stands.</summary>
/// <param name="Total">How many trials it has in all.</param>
/// <param name="Finished">Those that have ended, however they did.</param>
/// <param name="Running">Those that are in work.</param>
/// <param name="Failed">Of the finished.</param>
/// <param name="Best">Null until a trial is completed.</param>
/// <param name="Slots">Of all nodes together.</param>
/// <param name="StartedAt">When this coordinator took it up.</param>
/// <param name="SecondsLeft">Until its end, at the rate so far; null where that can't be said.</param>
public sealed record SweepStatus(
    string Sweep, SweepActivity Activity, int Total, int Finished, int Running, int Failed, Objective Objective, BestSoFar? Best,
    int Nodes, int Slots, DateTimeOffset StartedAt, double? SecondsLeft);

public enum SweepActivity
{
    Running,

    /// <summary>No new trials are started.</summary>
    Paused,

    /// <summary>Its running trials are being stopped.</summary>
    Ending,
}

/// <param name="Value">Of the sweep's objective.</param>
public sealed record BestSoFar(TrialId Trial, double Value);
