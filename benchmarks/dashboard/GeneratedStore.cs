using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Dashboard.Benchmarks;

/// <summary>A store of one sweep with many trials: ten parameters that count, one of them only for one optimizer, and a tenth of the trials pruned.</summary>
internal static class GeneratedStore
{
    public const string Sweep = "generated";

    private const int AtOnce = 64;
    private const int Epochs = 3;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TrialEnvironment Machine = new("managed Vector512", "fp32", "0.1.0", "a processor", ".NET 10", "an OS", "a host");
    private static readonly string[] Optimizers = ["sgd", "adam", "adamw", "lion"];
    private static readonly string[] Activations = ["relu", "gelu", "tanh"];

    private const string Source = """
        name: generated
        method: random
        parameters:
          learning_rate: {distribution: log_uniform_values, min: 1.0e-4, max: 1.0e-1}
          dropout: {min: 0.0, max: 0.5}
          weight_decay: {distribution: log_uniform_values, min: 1.0e-6, max: 1.0e-2}
          label_smoothing: {min: 0.0, max: 0.2}
          optimizer: [sgd, adam, adamw, lion]
          momentum: {min: 0.0, max: 0.99, when: {optimizer: sgd}}
          batch_size: [32, 64, 128, 256]
          depth: [1, 2, 3]
          width: {distribution: int_uniform, min: 16, max: 512}
          activation: [relu, gelu, tanh]
          epochs: 3
        """;

    public static void Write(StoreFolder folder, int trials)
    {
        using var store = LiteStore.OpenForWriting(folder);
        store.Add(new SweepRecord(Sweep, "generated.yaml", $"{Source}\nrun_cap: {trials}\n", Objective.Default, trials, Start));
        store.Append([new SweepEvent.SweepStarted(Start, Sweep, trials, 0)]);
        for (var first = 1; first <= trials; first += AtOnce) store.Append([.. Of(first, Math.Min(AtOnce, trials - first + 1))]);
        store.Append([new SweepEvent.SweepEnded(At(trials + AtOnce), Sweep, SweepEnd.Complete)]);
    }

    private static DateTimeOffset At(int trial) => Start + TimeSpan.FromSeconds(trial * 0.5);

    private static IEnumerable<SweepEvent> Of(int first, int count)
    {
        for (var number = first; number < first + count; number++)
        {
            var random = new Random(number);
            var lease = new Lease(new TrialId(Sweep, number), new NodeId($"node-{number % 8}"), 1);
            var (parameters, quality) = Draw(random);
            var epochs = random.Next(10) == 0 ? 1 : Epochs;
            yield return new SweepEvent.TrialStarted(At(number), lease, new TrialSpec(lease.Trial, parameters, Objective.Default));
            for (var epoch = 1; epoch <= epochs; epoch++) yield return new SweepEvent.EpochEnded(At(number + (4 * epoch)), lease, Epoch(quality, epoch));
            yield return epochs == Epochs
                ? new SweepEvent.TrialFinished(At(number + 16), lease, TrialState.Completed, Result(number, quality), null)
                : new SweepEvent.TrialFinished(At(number + 8), lease, TrialState.Pruned, null, "not among the best at epoch 1");
        }
    }

    private static (ParameterSet Parameters, double Quality) Draw(Random random)
    {
        var (rate, optimizer) = (Math.Pow(10, -4 + (3 * random.NextDouble())), Optimizers[random.Next(Optimizers.Length)]);
        var (width, dropout) = (random.Next(16, 513), random.NextDouble() / 2);
        var chosen = new Dictionary<string, ParameterValue>
        {
            ["learning_rate"] = rate,
            ["dropout"] = dropout,
            ["weight_decay"] = Math.Pow(10, -6 + (4 * random.NextDouble())),
            ["label_smoothing"] = random.NextDouble() / 5,
            ["optimizer"] = optimizer,
            ["batch_size"] = 32L << random.Next(4),
            ["depth"] = (long)random.Next(1, 4),
            ["width"] = (long)width,
            ["activation"] = Activations[random.Next(Activations.Length)],
            ["epochs"] = (long)Epochs,
        };
        if (optimizer == "sgd") chosen["momentum"] = 0.99 * random.NextDouble();
        var best = optimizer == "sgd" ? -1.3 : -2.7;
        var quality = 0.9 - (0.03 * Math.Pow(Math.Log10(rate) - best, 2)) + (0.008 * Math.Log2(width / 64.0))
            - (0.1 * Math.Pow(dropout - 0.15, 2)) + (0.01 * random.NextDouble());
        return (TrainerCatalog.Parameters.Complete(new ParameterSet(chosen), sweepSeed: 7), quality);
    }

    private static EpochReport Epoch(double quality, int epoch)
    {
        var accuracy = Math.Round(Math.Clamp(quality - (0.1 / epoch), 0.1, 0.99), 4);
        return new EpochReport(epoch, new Score(1 - accuracy, accuracy), new Score(1.05 - accuracy, accuracy), 1.5);
    }

    private static TrialResult Result(int trial, double quality)
    {
        var last = Epoch(quality, Epochs);
        var sha = $"{(ulong)trial * 0x9E3779B97F4A7C15:x16}{trial:x48}";
        return new TrialResult(Epochs, Epochs, last.Train, last.Validation, last.Validation, 109_386, sha, 4.5, new Checkpoint(sha, 437_544), Machine, null);
    }
}
