namespace FashionSweep.Cluster.Tests.Network;

/// <summary>What can befall the way between a process and all others.</summary>
internal enum NetworkFault
{
    /// <summary>Nothing comes through.</summary>
    Cut,

    /// <summary>What the process sends is lost; it hears the others.</summary>
    Muted,

    /// <summary>What the process is sent is lost; the others hear it.</summary>
    Deafened,

    /// <summary>Narrow, and a fifth is lost.</summary>
    Slow,

    /// <summary>What the process sends over connections that stand is lost; it hears the others, and new connections get through.</summary>
    HalfOpen,

    /// <summary>Nobody can connect to the process; it can to others, as from behind a router.</summary>
    Unreachable,
}

/// <summary>A process's way to all others. Has one fault at a time.</summary>
internal interface INetwork : IDisposable
{
    /// <returns>False where it can't have such a fault.</returns>
    bool Fail(NetworkFault fault);

    void Heal();
}
