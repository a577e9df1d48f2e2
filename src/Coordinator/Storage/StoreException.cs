using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Storage;

/// <summary>The store can't be used as asked; the message says why and what to do.</summary>
public class StoreException(string message, Exception? inner = null) : UserException(message, inner)
{
    public override bool IsWrongInput => true;
}

/// <summary>Another process writes to it.</summary>
public sealed class StoreInUseException(string message, Exception? inner = null) : StoreException(message, inner);
