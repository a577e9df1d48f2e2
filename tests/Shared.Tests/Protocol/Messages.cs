using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Tests.Protocol;

/// <summary>One message of every kind, with values that are easy to get wrong.</summary>
internal static class Messages
{
    public static Lease Lease { get; } = new(new TrialId("größer/sub", 17), new NodeId("node \"1\""), 3);

    public static ParameterSet Parameters { get; } = new(new Dictionary<string, ParameterValue>
    {
        ["Model"] = "mlp",
        ["batch_size"] = 64,
        ["learning_rate"] = 0.1 + 0.2,
        ["momentum"] = 1.0,
        ["nesterov"] = true,
        ["seed"] = long.MaxValue,
        ["hidden"] = new ParameterValue.List([256L, 128.5, new ParameterValue.List([])]),
    });

    /// <summary>Of ten classes, each count as long as it can be.</summary>
    public static ClassificationReport Report { get; } = new(
        new ConfusionMatrix(Enumerable.Repeat(Enumerable.Repeat(int.MaxValue, 10).ToArray(), 10)), 1.0 / 3, 0.1 + 0.2);

    public static IReadOnlyList<ToNode> ToNode { get; } =
    [
        new ToNode.StartTrial(Lease, new TrialSpec(Lease.Trial, Parameters, new Objective(Metric.TrainLoss, Goal.Minimize))),
        new ToNode.StopTrial(Lease),
        new ToNode.Leave(),
        new ToNode.Drain(),
        new ToNode.Announce(),
    ];

    public static IReadOnlyList<ToCoordinator> ToCoordinator { get; } =
    [
        new ToCoordinator.NodeJoined(new NodeDescription(Lease.Node, 2, "oneDNN 2.6.3 avx512_core", "A processor", 4711), [Lease, Lease with { Attempt = 4 }]),
        new ToCoordinator.NodeAlive(Lease.Node),
        new ToCoordinator.EpochReported(Lease, new EpochReport(1, new Score(double.NaN, 0), new Score(double.PositiveInfinity, double.Epsilon), 1.0 / 3)),
        new ToCoordinator.TrialEnded(Lease, new TrialOutcome.Completed(Result())),
        new ToCoordinator.TrialEnded(Lease, new TrialOutcome.Completed(Result() with { TestReport = Report })),
        new ToCoordinator.TrialEnded(Lease, new TrialOutcome.Diverged(2, 100, "The loss is NaN.")),
        new ToCoordinator.TrialEnded(Lease, new TrialOutcome.Failed("Out of memory.\r\n\u2028")),
        new ToCoordinator.TrialEnded(Lease, new TrialOutcome.Stopped()),
        new ToCoordinator.NodeJoined(
            new NodeDescription(Lease.Node, 2, "managed", "A processor", 4711, "0.5.0", ".NET 10.0.1", "größer"), [], IsDraining: true),
        new ToCoordinator.NodeJoined(
            new NodeDescription(Lease.Node, 2, "managed", "A processor", 4711, Engines: new EngineSet(["torchsharp", "native"])), []),
    ];

    private static TrialResult Result() => new(
        7, 10, new Score(0.25, 0.91), new Score(0.3, 0.89), new Score(double.NegativeInfinity, -0.0), 203_530, "abc", 12.5,
        new Checkpoint(new string('d', 64), 814_120),
        new TrialEnvironment("managed Vector512", "fp32", "0.1.0", "A processor", ".NET 10", "Linux", "host"));
}
