namespace FashionSweep.Coordinator.Telemetry;

/// <summary>What the events don't say, asked of the coordinator from any thread and at any time.</summary>
/// <param name="OldestMessage">For how long messages may have waited in the mailbox: since its actor took the last ones; zero where none waits.</param>
/// <param name="MessagesDropped">Under an unknown or older lease, since the start.</param>
/// <param name="MessagesRefused">What was no message of this protocol, since the start.</param>
public sealed record TelemetryProbes(Func<TimeSpan> OldestMessage, Func<long> MessagesDropped, Func<long> MessagesRefused);
