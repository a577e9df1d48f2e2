using FashionSweep.Shared.Faults;

namespace FashionSweep.TrainerNode.Remote;

/// <summary>A file did not get to the coordinator, or from it; the message says why.</summary>
public sealed class RemoteException(string message, Exception? inner = null) : UserException(message, inner)
{
    /// <summary>Trying again would not help.</summary>
    public bool IsLasting { get; init; }

    /// <summary>Its bytes were others than their hash says.</summary>
    public bool IsDamage { get; init; }
}
