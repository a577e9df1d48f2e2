using System.Text;
using FashionSweep.Search.Sweeps;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>The search that all of this measures: eight parameters, as sweeps have them.</summary>
internal static class Search
{
    public static SweepFile Of(string name, int trials, int epochs, string method = "random", string pruning = "none") =>
        SweepFile.Parse($"{name}.yaml", Encoding.UTF8.GetBytes($$"""
        method: {{method}}
        metric: {name: validation_loss, goal: minimize}
        run_cap: {{trials}}
        early_terminate: {{pruning}}
        parameters:
          depth: [1, 2, 3, 4]
          width: [32, 64, 128, 256, 512, 1024]
          activation: [relu, tanh, gelu]
          optimizer: [sgd, momentum, adam, adamw]
          batch_size: [32, 64, 128, 256]
          epochs: {{epochs}}
          learning_rate: {distribution: log_uniform_values, min: 1.0e-4, max: 0.3}
          dropout: {min: 0.0, max: 0.5}

        """), TrainerCatalog.Parameters);
}
