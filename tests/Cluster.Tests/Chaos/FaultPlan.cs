namespace FashionSweep.Cluster.Tests.Chaos;

/// <summary>Those of networks are as in <see cref="Network.NetworkFault"/>.</summary>
internal enum FaultKind
{
    NodeKilled,
    NodeFrozen,
    NodeTerminated,
    NodeDrained,
    NodeCutOff,
    NodeMuted,
    NodeDeafened,
    NodeSlowed,
    NodeHalfOpen,

    /// <summary>By hand, of the cluster.</summary>
    NodePutOut,
    CoordinatorKilled,
    CoordinatorFrozen,
    CoordinatorCutOff,
    CoordinatorMuted,
    CoordinatorDeafened,
    CoordinatorSlowed,
    CoordinatorHalfOpen,
    CoordinatorPutOut,
}

/// <param name="Target">Which of the nodes, where it is one that suffers.</param>
/// <param name="For">How long it lasts, where it does.</param>
/// <param name="Pause">Until the next fault.</param>
internal sealed record Fault(FaultKind Kind, int Target, TimeSpan For, TimeSpan Pause);

/// <summary>An endless stream of faults that a seed decides.</summary>
internal static class FaultPlan
{
    // How often each comes, of the sum.
    private static readonly (FaultKind Kind, int Weight)[] Weights =
    [
        (FaultKind.NodeKilled, 6), (FaultKind.NodeFrozen, 4), (FaultKind.NodeTerminated, 2), (FaultKind.NodeDrained, 2),
        (FaultKind.NodeCutOff, 3), (FaultKind.NodeMuted, 2), (FaultKind.NodeDeafened, 2), (FaultKind.NodeSlowed, 1),
        (FaultKind.NodeHalfOpen, 3), (FaultKind.NodePutOut, 2),
        (FaultKind.CoordinatorKilled, 4), (FaultKind.CoordinatorFrozen, 3),
        (FaultKind.CoordinatorCutOff, 2), (FaultKind.CoordinatorMuted, 1), (FaultKind.CoordinatorDeafened, 1), (FaultKind.CoordinatorSlowed, 1),
        (FaultKind.CoordinatorHalfOpen, 2), (FaultKind.CoordinatorPutOut, 1),
    ];

    public static IEnumerable<Fault> From(int seed, int nodes)
    {
        var random = new Random(seed);
        while (true) yield return new Fault(Draw(random), random.Next(nodes), Lasting(random), TimeSpan.FromSeconds(0.2 + 2 * random.NextDouble()));
    }

    private static FaultKind Draw(Random random)
    {
        var left = random.Next(Weights.Sum(each => each.Weight));
        foreach (var (kind, weight) in Weights)
            if ((left -= weight) < 0) return kind;
        throw new InvalidOperationException("The weights sum up to more than they do.");
    }

    // From 1 to 20 s, most of them short: those below what makes a loss matter as much as those above.
    private static TimeSpan Lasting(Random random) => TimeSpan.FromSeconds(Math.Pow(20, random.NextDouble()));
}
