namespace FashionSweep.Cluster.Tests;

/// <summary>All of them train on a tenth of the images, which is enough to tell bits from other bits.</summary>
internal static class Sweeps
{
    /// <summary>24 trials of 5 epochs each.</summary>
    public static string Many(string name) => $"""
        name: {name}
        method: grid
        seed: 11
        parameters:
          learning_rate: [0.001, 0.002, 0.004]
          dropout: [0, 0.1, 0.2, 0.3]
          depth: [1, 2]
          width: 16
          validation_fraction: 0.9
          epochs: 5
          batch_size: 256
        """;

    /// <summary>8 trials of 4 epochs each.</summary>
    public static string Some(string name) => $"""
        name: {name}
        method: grid
        seed: 11
        parameters:
          learning_rate: [0.001, 0.002]
          dropout: [0, 0.2]
          depth: [1, 2]
          width: 16
          validation_fraction: 0.9
          epochs: 4
          batch_size: 256
        """;

    /// <summary>One trial, with every bound of time that there is.</summary>
    public static string Bounded(int epochs) => $"""
        {One(epochs)}
        trial_timeout: 30 min
        epoch_timeout: 20 min
        sweep_timeout: 40 min
        """;

    /// <summary>One trial of so many epochs.</summary>
    public static string One(int epochs, string name = "one") => $"""
        name: {name}
        method: grid
        seed: 7
        parameters:
          dropout: 0.2
          depth: 1
          width: 16
          validation_fraction: 0.9
          epochs: {epochs}
          batch_size: 256
        """;

    /// <summary>Three trials of so many epochs.</summary>
    public static string Three(string name, int epochs) => $"""
        name: {name}
        method: grid
        seed: 13
        parameters:
          dropout: [0.1, 0.2, 0.3]
          depth: 1
          width: 16
          validation_fraction: 0.9
          epochs: {epochs}
          batch_size: 256
        """;

    /// <summary>Trials of which none ends an epoch in time.</summary>
    public const string Hanging = """
        name: hanging
        method: grid
        epoch_timeout: 0.2 s
        max_restarts: 1
        parameters:
          depth: 1
          width: 32
          epochs: 2
          batch_size: 256
        """;
}
