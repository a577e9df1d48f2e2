using FashionSweep.Shared.Faults;

namespace FashionSweep.Shared.Transport;

/// <summary>A node is not taken, now or later; the text says why, and what to do. A node's inbox ends with it.</summary>
public sealed class RefusedException(string message) : UserException(message)
{
    public override bool IsWrongInput => true;
}
