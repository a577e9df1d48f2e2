namespace FashionSweep.Cluster.Benchmarks.Recovery;

/// <summary>What befalls real programs, and how soon the work goes on: nodes and coordinators as users run them, with trials that really train.</summary>
internal static class Recoveries
{
    /// <summary>One line of figures of each that is asked for by its name.</summary>
    /// <param name="IsEverywhere">Whether it is measured in plain and encrypted; the others set their own cluster up.</param>
    public sealed record Measured(string Name, bool IsEverywhere, Func<bool, bool, IAsyncEnumerable<(string What, string Figures)>> MeasureAsync);

    /// <summary>In the order in which they are measured. Each gets whether it is short, and whether it is encrypted.</summary>
    public static IReadOnlyList<Measured> All { get; } =
    [
        new("child", IsEverywhere: false, (isShort, _) => ChildDeath.MeasureAsync(isShort)),
        new("frozen", IsEverywhere: true, NodeSilence.FreezeAsync),
        new("cut", IsEverywhere: false, (isShort, _) => NodeSilence.CutAsync(isShort)),
        new("coordinator-killed", IsEverywhere: true, CoordinatorAway.KillAsync),
        new("coordinator-frozen", IsEverywhere: true, CoordinatorAway.FreezeAsync),
        new("idle", IsEverywhere: true, IdleCost.MeasureAsync),
    ];
}
