namespace FashionSweep.Cluster.Tests;

/// <summary>Real processes: one test of them at a time.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterTests
{
    public const string Name = "clusters";
}
