using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Benchmarks.Recovery;

/// <summary>One trial that outlives what is measured, in epochs of a fraction of a second.</summary>
internal static class RecoverySweep
{
    public static TrialId TrialOf(string sweep) => new(sweep, 1);

    public static string Text(string name) => $"""
        name: {name}
        method: grid
        parameters:
          depth: 1
          width: 16
          epochs: 5000
          validation_fraction: 0.8
          batch_size: 256

        """;
}
