namespace FashionSweep.Cluster.Tests;

internal static class Sweeps
{
    /// <summary>Trials of about a second each.</summary>
    public static string ManyNamed(string name) => $"""
        name: {name}
        method: grid
        seed: 11
        parameters:
          learning_rate: [0.001, 0.002, 0.004]
          dropout: [0, 0.1, 0.2, 0.3]
          depth: [1, 2]
          width: 32
          epochs: 5
          batch_size: 256
        """;
}
