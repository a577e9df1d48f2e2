using System.Diagnostics;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>Waits as long as a trial takes, and reports as a real one does.</summary>
/// <param name="variation">See <see cref="Workload"/>.</param>
/// <param name="idle">Told how long a slot had nothing to do between two trials.</param>
internal sealed class FakeTrainer(TimeSpan trialTime, double variation, Spread idle) : ITrainer
{
    private static readonly TrialEnvironment Environment = new(
        "oneDNN 2.6.3 avx512_core", "fp32", "0.1.0", "a processor's name", ".NET 10.0.12", "Linux", "a-host");

    [ThreadStatic]
    private static long _lastEnd;

    /// <summary>Called at the start of each trial, on its thread.</summary>
    public Action<CancellationToken> Started { get; init; } = _ => { };

    public TrialOutcome Train(TrialSpec spec, Action<EpochReport> report, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        if (_lastEnd != 0) idle.Add(Stopwatch.GetElapsedTime(_lastEnd, start));
        Started(stop);
        var lasts = trialTime * (1 + (variation * ((2 * Share(spec.Id.Number)) - 1)));
        var epochs = spec.Parameters["epochs"] is ParameterValue.Whole whole ? (int)whole.Value : 1;
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            WaitUntil(start, lasts * ((double)epoch / epochs), stop);
            report(Epoch(spec, epoch));
        }
        _lastEnd = Stopwatch.GetTimestamp();
        return new TrialOutcome.Completed(Result(spec, epochs));
    }

    // From the trial's start: what one wait is too long, the next one is shorter.
    private static void WaitUntil(long start, TimeSpan due, CancellationToken stop)
    {
        while (due - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } left)
        {
            stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
            stop.ThrowIfCancellationRequested();
        }
    }

    public static EpochReport Epoch(TrialSpec spec, int epoch)
    {
        var loss = Share(spec.Id.Number) + (1.0 / (epoch + 1));
        var score = new Score(loss, 1 / (1 + loss));
        return new EpochReport(epoch, score, score, 1);
    }

    public static TrialResult Result(TrialSpec spec, int epochs)
    {
        var (last, hash) = (Epoch(spec, epochs), $"{spec.Id.Number:x64}");
        return new TrialResult(epochs, epochs, last.Train, last.Validation, last.Validation, 100_000, hash, epochs, new Checkpoint(hash, 400_000), Environment);
    }

    // Multiples of the golden ratio, which spread over [0, 1): figures as long as real ones are.
    private static double Share(int trial) => trial * 0.6180339887498949 % 1;
}
