using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using FashionSweep.Search.Sweeps;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Simulation.Tests;

/// <summary>The files of small sweeps, of every kind that goes on in a way of its own.</summary>
internal static class SimulatedSweeps
{
    // The same few texts in all worlds: reading one takes longer than simulating it.
    private const int Seeds = 3;

    private static readonly string[] Kinds =
    [
        """
        method: grid
        parameters: {learning_rate: [0.001, 0.01, 0.1], dropout: [0, 0.2], width: 16, epochs: 2}
        """,
        """
        method: grid
        parallel: 2
        retain: 3
        max_restarts: 0
        parameters: {learning_rate: [0.001, 0.01, 0.1, 0.2], optimizer: [sgd, adam], epochs: 1}
        """,
        """
        method: random
        run_cap: 5
        repeats: 2
        parameters: {learning_rate: {min: 0.001, max: 0.1}, epochs: {min: 1, max: 4}}
        """,
        """
        method: random
        run_cap: 8
        baselines: [{learning_rate: 0.5}]
        retain: 2
        parameters: {learning_rate: {min: 0.001, max: 0.1}, width: [16, 32], epochs: 3}
        """,
        """
        method: random
        run_cap: 9
        early_terminate: {type: asha, min_iter: 1, eta: 3}
        parameters: {learning_rate: {min: 0.001, max: 0.1}, epochs: 9}
        """,
        """
        method: random
        run_cap: 6
        repeats: 2
        early_terminate: {type: median, startup_trials: 3}
        parameters: {learning_rate: {min: 0.001, max: 0.1}, epochs: 4}
        """,
        """
        method: tpe
        run_cap: 9
        parameters: {learning_rate: {min: 0.001, max: 0.1}, dropout: {min: 0.0, max: 0.5}, epochs: 2}
        """,
        """
        method: tpe
        run_cap: 6
        repeats: 2
        early_terminate: {type: asha, min_iter: 1, eta: 2}
        parameters: {learning_rate: {min: 0.001, max: 0.1}, epochs: 4}
        """,
    ];

    private static readonly ConcurrentDictionary<string, SweepFile> Files = [];

    /// <param name="mayHang">Else nothing but the cluster itself may find what does not go on.</param>
    /// <param name="isOverEngines">It has trials of two.</param>
    public static SweepFile Any(Chance chance, string name, bool mayHang, bool isOverEngines)
    {
        var (seed, timeout) = (1 + chance.Next(Seeds), mayHang ? "20 s" : "1 d");
        var kind = chance.Of(Kinds);
        if (isOverEngines) kind = kind.Replace("parameters: {", "parameters: {engine: [torchsharp, native], ", StringComparison.Ordinal);
        return FileOf(string.Create(CultureInfo.InvariantCulture, $"name: {name}\nseed: {seed}\nepoch_timeout: {timeout}\n{kind}\n"));
    }

    public static SweepFile FileOf(string text) =>
        Files.GetOrAdd(text, _ => SweepFile.Parse("sweep.yaml", Encoding.UTF8.GetBytes(text), TrainerCatalog.Parameters));
}
