using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Records;

/// <param name="End">As <c>completed</c>, <c>lost</c>; null while it runs.</param>
public sealed record AttemptRecord(Lease Lease, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? End, string? Reason);
