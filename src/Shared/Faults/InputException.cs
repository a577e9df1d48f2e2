namespace FashionSweep.Shared.Faults;

/// <summary>What the user gave is wrong; the message says where, what, and what would be right.</summary>
public sealed class InputException(string message, Exception? inner = null) : UserException(message, inner)
{
    public override bool IsWrongInput => true;
}
