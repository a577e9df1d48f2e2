namespace FashionSweep.Cluster.Tests;

/// <summary>Real processes: one test of them at a time.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterTests
{
    public const string Name = "clusters";
}

/// <summary>Those that wait for most of their time, for silence to be long enough or for clocks: one at a time, beside the others.</summary>
[CollectionDefinition(Name)]
public sealed class PatientTests
{
    public const string Name = "clusters that wait";
}
