namespace FashionSweep.Coordinator;

/// <summary>What the user gave is wrong; the message says where, what, and what would be right. The program ends with exit code 2.</summary>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
