using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Live;

/// <summary>What a coordinator works on, and with what.</summary>
/// <param name="IsStanding">Whether it stays when its sweeps have ended, and takes new ones.</param>
/// <param name="Sweeps">Those in work, in the order in which they were taken up.</param>
public sealed record CoordinatorStatus(bool IsStanding, IReadOnlyList<SweepStatus> Sweeps, IReadOnlyList<NodeStatus> Nodes);

/// <summary>How a running sweep stands.</summary>
/// <param name="Total">How many trials it has in all.</param>
/// <param name="Finished">Those that have ended, however they did.</param>
/// <param name="Running">Those that are in work.</param>
/// <param name="Failed">Of the finished.</param>
/// <param name="Best">Null until a trial is completed.</param>
/// <param name="Slots">Of all nodes together.</param>
/// <param name="StartedAt">When this coordinator took it up.</param>
/// <param name="SecondsLeft">Until its end, at the rate so far; null where that can't be said.</param>
/// <param name="Awaited">The engines that no node has, each with how many trials wait for it; null where there are none.</param>
public sealed record SweepStatus(
    string Sweep, SweepActivity Activity, int Total, int Finished, int Running, int Failed, Objective Objective, BestSoFar? Best,
    int Nodes, int Slots, DateTimeOffset StartedAt, double? SecondsLeft, IReadOnlyDictionary<string, int>? Awaited = null);

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

/// <summary>A node that is connected, and what it does.</summary>
/// <param name="Running">The trials that it has.</param>
/// <param name="Reason">Why it gets no more trials, where that needs a word.</param>
/// <param name="Engines">That it trains by; null of a coordinator that knows of none but the product's own.</param>
public sealed record NodeStatus(
    string Node, NodeActivity Activity, int Slots, IReadOnlyList<TrialId> Running, string Kernels, string Processor,
    string? Host, string? Version, DateTimeOffset Since, string? Reason, EngineSet? Engines = null);
