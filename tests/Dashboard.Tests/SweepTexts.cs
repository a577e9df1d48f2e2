namespace FashionSweep.Dashboard.Tests;

/// <summary>All of them train on a tenth of the images.</summary>
internal static class SweepTexts
{
    /// <summary>Four trials of two epochs.</summary>
    public static string Four(string name) => $"""
        name: {name}
        method: grid
        seed: 11
        parameters:
          learning_rate: [0.0005, 0.002]
          optimizer: [adam, sgd]
          depth: 1
          width: 16
          validation_fraction: 0.9
          epochs: 2
          batch_size: 256
        """;
}
