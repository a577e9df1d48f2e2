namespace FashionSweep.Shared.Protocol;

/// <summary>What came over the wire, or was to go over it, is no message; the text says why.</summary>
public sealed class WireException : Exception
{
    public WireException(string message)
        : base(message)
    {
    }

    public WireException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
