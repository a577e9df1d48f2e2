namespace FashionSweep.EndToEnd.Tests;

internal static class SweepFiles
{
    public const int SmallTrials = 4;

    /// <summary>Four trials of one short epoch.</summary>
    public const string Small = """
        name: small
        method: grid
        seed: 7
        parameters:
          depth: [1, 2]
          dropout: [0, 0.2]
          width: 32
          epochs: 1
          batch_size: 256
        """;

    public const int LongTrials = 6;

    /// <summary>Six trials of two epochs on a tenth of the images.</summary>
    public const string Long = """
        name: long
        method: grid
        seed: 7
        parameters:
          dropout: [0, 0.1, 0.2, 0.3, 0.4, 0.5]
          depth: 1
          width: 32
          validation_fraction: 0.9
          epochs: 2
          batch_size: 256
        """;

    public const int LivelyTrials = 5;

    /// <summary>Five trials of two epochs on a tenth of the images.</summary>
    public const string Lively = """
        name: lively
        method: random
        run_cap: 5
        seed: 7
        parameters:
          learning_rate: {distribution: log_uniform_values, min: 1.0e-3, max: 1.0e-2}
          depth: 1
          width: 32
          validation_fraction: 0.9
          epochs: 2
          batch_size: 256
        """;
}
