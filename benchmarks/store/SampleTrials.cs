using FashionSweep.Coordinator.Records;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Store.Benchmarks;

/// <summary>A sweep of eight parameters, its trials of twenty epochs each, and what happens to them.</summary>
internal static class SampleTrials
{
    public const string Name = "cost";
    public const int AtOnce = 64;

    private const int Epochs = 20;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TrialEnvironment Machine = new("managed Vector512", "fp32", "0.1.0", "a processor", ".NET 10", "an OS", "a host");

    public static SweepRecord Sweep(int trials) => new(Name, "cost.yaml", "name: cost\n", Objective.Default, trials, Start);

    /// <summary>Trials that run at once, epoch by epoch.</summary>
    public static IEnumerable<SweepEvent> Of(int first, int count)
    {
        var leases = Enumerable.Range(first, count).Select(number => new Lease(new TrialId(Name, number), new NodeId("node-1"), 1)).ToList();
        foreach (var lease in leases) yield return new SweepEvent.TrialStarted(Start, lease, Spec(lease.Trial));
        for (var epoch = 1; epoch <= Epochs; epoch++)
            foreach (var lease in leases) yield return new SweepEvent.EpochEnded(Start, lease, Epoch(lease.Trial.Number, epoch));
        foreach (var lease in leases) yield return new SweepEvent.TrialFinished(Start, lease, TrialState.Completed, Result(lease.Trial.Number), null);
    }

    private static TrialSpec Spec(TrialId id)
    {
        var n = id.Number;
        string[] optimizers = ["sgd", "momentum", "adam", "adamw"];
        var chosen = new Dictionary<string, ParameterValue>
        {
            ["learning_rate"] = 0.1 / n,
            ["dropout"] = n * 0.6180339887498949 % 0.5,
            ["weight_decay"] = n * 0.7548776662466927 % 1e-3,
            ["label_smoothing"] = n * 0.5698402909980532 % 0.1,
            ["optimizer"] = optimizers[n % optimizers.Length],
            ["batch_size"] = 32L << (n % 4),
            ["epochs"] = (long)Epochs,
            ["seed"] = (long)n,
        };
        return new TrialSpec(id, TrainerCatalog.Parameters.Complete(new ParameterSet(chosen), sweepSeed: 7), Objective.Default);
    }

    private static EpochReport Epoch(int trial, int epoch)
    {
        var loss = (trial * 0.6180339887498949 % 1) + (1.0 / epoch);
        return new EpochReport(epoch, new Score(loss, 1 / (1 + loss)), new Score(loss + 0.1, 1 / (1.1 + loss)), 1.5);
    }

    private static TrialResult Result(int trial)
    {
        var last = Epoch(trial, Epochs);
        var sha = $"{(ulong)trial * 0x9E3779B97F4A7C15:x16}{trial:x48}";
        return new TrialResult(
            Epochs, Epochs, last.Train, last.Validation, last.Validation, 109_386, sha, 30, new Checkpoint(sha, 437_544), Machine, Report(trial));
    }

    private static ClassificationReport Report(int trial)
    {
        var rows = Enumerable.Range(0, 10)
            .Select(truth => Enumerable.Range(0, 10).Select(found => truth == found ? 900 : (trial + truth + found) % 23).ToArray());
        return new ClassificationReport(new ConfusionMatrix(rows), 0.97 - (1.0 / trial), 0.0123 / trial);
    }
}
