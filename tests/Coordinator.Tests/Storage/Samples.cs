using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>Small sweeps, trials and events to build tests from.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly NodeId Node = new("node-1");
    public static readonly TrialEnvironment Machine = new("managed Vector512", "fp32", "0.1.0", "a processor", ".NET 10", "an OS", "a host");

    public static SweepRecord Sweep(string name = "quick", int total = 4) =>
        new(name, $"sweeps/{name}.yaml", $"name: {name}\n", Objective.Default, total, Start);

    public static TrialSpec Spec(int number, params ReadOnlySpan<(string Name, ParameterValue Value)> chosen)
    {
        var values = new Dictionary<string, ParameterValue>();
        foreach (var (name, value) in chosen) values[name] = value;
        return new(new TrialId("quick", number), TrainerCatalog.Parameters.Complete(new ParameterSet(values), sweepSeed: 7), Objective.Default);
    }

    public static Lease Lease(int number, int attempt = 1, string node = "node-1") => new(new TrialId("quick", number), new NodeId(node), attempt);

    public static EpochReport Epoch(int epoch, double accuracy = 0.8, double loss = 0.5) =>
        new(epoch, new Score(loss + 0.01, accuracy - 0.01), new Score(loss, accuracy), 1.25);

    public static TrialResult Result(double accuracy = 0.8, double loss = 0.5, int epochs = 3, int bestEpoch = 2, double seconds = 4) => new(
        bestEpoch, epochs, new Score(loss + 0.01, accuracy - 0.01), new Score(loss, accuracy), new Score(loss + 0.02, accuracy - 0.02),
        109_386, "aa11", seconds, new Checkpoint("bb22", 437_544), Machine, Report);

    /// <summary>Of a hundred images a class: 80 right, 15 taken for the class behind it and 5 for the one behind that but two.</summary>
    public static ClassificationReport Report { get; } = new(
        new ConfusionMatrix(Enumerable.Range(0, 10).Select(truth => Enumerable.Range(0, 10)
            .Select(predicted => ((predicted - truth + 10) % 10) switch { 0 => 80, 1 => 15, 3 => 5, _ => 0 }).ToArray())),
        0.95, 0.0125);

    public static SweepEvent Started(Lease lease, TrialSpec? spec = null, int second = 0) =>
        new SweepEvent.TrialStarted(At(second), lease, spec ?? Spec(lease.Trial.Number));

    public static SweepEvent Ended(Lease lease, EpochReport report, int second = 0) => new SweepEvent.EpochEnded(At(second), lease, report);

    public static SweepEvent Lost(Lease lease, int second = 0, bool isHeld = true) =>
        new SweepEvent.AttemptEnded(At(second), lease, AttemptEnd.Lost, "its connection closed", isHeld);

    public static SweepEvent FailedOnce(Lease lease, int second = 0) =>
        new SweepEvent.AttemptEnded(At(second), lease, AttemptEnd.Failed, "an error", IsHeld: true);

    public static SweepEvent Completed(Lease lease, TrialResult? result = null, int second = 0) =>
        new SweepEvent.TrialFinished(At(second), lease, TrialState.Completed, result ?? Result(), null);

    public static SweepEvent Failed(Lease lease, string reason = "out of memory", int second = 0) =>
        new SweepEvent.TrialFinished(At(second), lease, TrialState.Failed, null, reason);

    /// <summary>As it comes among many.</summary>
    public static DateTimeOffset At(int second) => Start.AddSeconds(second);
}
