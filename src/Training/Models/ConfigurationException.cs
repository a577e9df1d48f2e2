namespace FashionSweep.Training.Models;

/// <summary>A trial's parameters can't be run; the message says which and why.</summary>
/// <remarks>Stands with what throws it at the lowest place: a model that does not fit.</remarks>
public sealed class ConfigurationException(string message) : Exception(message);
