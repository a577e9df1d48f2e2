using System.Diagnostics;

namespace FashionSweep.Cluster.Tests;

/// <summary>An <see cref="Insider"/> that is a process, so that it can be in a network where this one is not.</summary>
internal static class InsiderProcess
{
    /// <summary>Its first argument; then come where to join, and the address of the member that is to go.</summary>
    public const string Verb = "put-out";

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Cluster.Tests.dll");

    public static ProcessStartInfo Command(LiveCluster cluster, string address) => cluster.Fsweep.Command(Program, Verb, cluster.Address, address);
}
