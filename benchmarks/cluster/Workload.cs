using FashionSweep.Search.Sweeps;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>A sweep of trials that only wait, and the nodes that it runs on.</summary>
/// <param name="Name">As it is asked for on the command line.</param>
/// <param name="TrialTime">Of a whole trial; its epochs are as long as each other.</param>
/// <param name="Variation">By how much of it a trial is shorter or longer, at most; 0 where all nodes are in step.</param>
internal sealed record Workload(
    string Name, string What, int Nodes, int SlotsOfANode, int Trials, int Epochs, TimeSpan TrialTime, double Variation = 0)
{
    /// <summary>Of one process of nodes, each of which has an actor system of its own to join with.</summary>
    public const int MostNodes = 200;

    public int Slots => Nodes * SlotsOfANode;

    public long Reports => (long)Trials * Epochs;

    /// <summary>If handing out trials took no time at all.</summary>
    public TimeSpan Ideal => TrialTime * (Trials / (double)Slots);

    public SweepSpec Spec => Search.Of(Name, Trials, Epochs).Spec;

    public static IReadOnlyList<Workload> All(bool isShort) =>
    [
        isShort
            ? new("waiting", "1,000 trials of 0.5 s, 5 epochs, 16 slots", 4, 4, 1_000, 5, TimeSpan.FromSeconds(0.5))
            : new("waiting", "10,000 trials of 1 s, 5 epochs, 16 slots", 4, 4, 10_000, 5, TimeSpan.FromSeconds(1)),
        new("completions", "trials of 0 s, 1 epoch, 32 nodes × 16 slots", 32, 16, isShort ? 10_000 : 40_000, 1, TimeSpan.Zero),
        new("reports", "trials of 0 s, 200 epochs, 32 nodes × 4 slots", 32, 4, isShort ? 256 : 1_024, 200, TimeSpan.Zero),
        isShort
            ? new("cluster", "200 nodes × 1 report/s for 10 s", 200, 1, 200, 10, TimeSpan.FromSeconds(10))
            : new("cluster", "200 nodes × 1 report/s for 60 s", 200, 1, 200, 60, TimeSpan.FromSeconds(60)),
        isShort
            ? new("trials", "200 nodes × 1 trial/s for 10 s, in step", 200, 1, 2_000, 1, TimeSpan.FromSeconds(1))
            : new("trials", "200 nodes × 1 trial/s for 60 s, in step", 200, 1, 12_000, 1, TimeSpan.FromSeconds(1)),
        isShort
            ? new("varied", "200 nodes × trials of 0.5 to 1.5 s for 10 s", 200, 1, 2_000, 1, TimeSpan.FromSeconds(1), Variation: 0.5)
            : new("varied", "200 nodes × trials of 0.5 to 1.5 s for 60 s", 200, 1, 12_000, 1, TimeSpan.FromSeconds(1), Variation: 0.5),
        new("presence", "100 nodes, each with one trial of 20 s", 100, 1, 100, 1, TimeSpan.FromSeconds(20)),
        new("presence", "1,000 nodes, each with one trial of 20 s", 1_000, 1, 1_000, 1, TimeSpan.FromSeconds(20)),
    ];
}
