using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>A sweep as a list shows it.</summary>
/// <param name="State">running, paused, ending, finished, stopped or cancelled; stopped, too, where its coordinator died.</param>
/// <param name="Best">Of the single trials; null until one is completed.</param>
/// <param name="SecondsLeft">Null where that can't be said.</param>
/// <param name="Spark">The best so far, over the trials as they ended: at most 40 of them.</param>
/// <param name="Can">What it takes now, of pause, resume, cancel, extend, rerun_failed.</param>
/// <param name="End">How it ended, as the store has it; null while it runs.</param>
/// <param name="Repeats">Seeds of a configuration.</param>
/// <param name="Objectives">All that it looks for, the metric first.</param>
internal sealed record SweepCard(
    string Name, string State, int Total, int Finished, int Running, int Failed, int Pruned, int Diverged, CardMetric Metric, CardBest? Best,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, double? SecondsLeft, int Nodes, int Slots, IReadOnlyList<double> Spark, IReadOnlyList<string> Can,
    string? End, string? Reason, int Repeats, IReadOnlyList<CardMetric> Objectives);

internal sealed record CardMetric(Metric Name, Goal Goal);

internal sealed record CardBest(int Trial, double Value);

/// <summary>All sweeps of a store.</summary>
/// <param name="ReadOnly">Nothing can be changed from here.</param>
/// <param name="Can">What it takes beside what its sweeps do, of submit and drain.</param>
internal sealed record SweepCardList(string Version, bool ReadOnly, DateTimeOffset Now, IReadOnlyList<string> Can, IReadOnlyList<SweepCard> Sweeps);
