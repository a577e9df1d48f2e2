using System.Text;
using FashionSweep.Search.Sweeps;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Scale.Benchmarks;

/// <summary>A sweep of eight parameters, more than half of them with a handful of values.</summary>
/// <param name="Name">As it is asked for on the command line.</param>
internal sealed record BenchmarkSweep(string Name, SweepSpec Spec)
{
    public const int Trials = 100_000;

    private const string Choices = """
          depth: [1, 2, 3, 4]
          width: [32, 64, 128, 256, 512, 1024]
          activation: [relu, tanh, gelu]
          optimizer: [sgd, momentum, adam, adamw]
          batch_size: [32, 64, 128, 256]
          epochs: 9
        """;

    private const string Lists = Choices + "\n" + """
          learning_rate: [1.0e-4, 3.0e-4, 1.0e-3, 3.0e-3, 1.0e-2, 3.0e-2, 1.0e-1, 0.3]
          dropout: [0, 0.1, 0.2, 0.3, 0.4, 0.5]
          weight_decay: [0, 1.0e-5, 1.0e-4]
        """;

    private const string Ranges = Choices + "\n" + """
          learning_rate: {distribution: log_uniform_values, min: 1.0e-4, max: 0.3}
          dropout: {min: 0.0, max: 0.5}
          weight_decay: {distribution: log_uniform_values, min: 1.0e-6, max: 1.0e-3}
        """;

    /// <summary>Whose trials are run by the hundred thousand.</summary>
    public static IReadOnlyList<BenchmarkSweep> Long { get; } =
    [
        Read("grid", "method: grid", Lists),
        Read("random", "method: random", Ranges),
        Read("sobol", "method: sobol", Ranges),
        Read("asha", "method: random\nearly_terminate: {type: asha, min_iter: 1, eta: 3}", Ranges),
    ];

    /// <summary>Whose proposals cost the more, the more was tried.</summary>
    public static IReadOnlyList<BenchmarkSweep> Learning { get; } = [Read("tpe", "method: tpe", Ranges), Read("cmaes", "method: cmaes", Ranges)];

    private static BenchmarkSweep Read(string name, string method, string parameters) =>
        new(name, SweepFile.Parse(
            $"{name}.yaml",
            Encoding.UTF8.GetBytes($"{method}\nmetric: {{name: validation_loss, goal: minimize}}\nrun_cap: {Trials}\nparameters:\n{parameters}\n"),
            TrainerCatalog.Parameters).Spec);
}
