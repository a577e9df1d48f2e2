namespace FashionSweep.Search.Sweeps;

/// <summary>Who is told by HTTP that a sweep has ended.</summary>
/// <param name="Url">https, or http on loopback; without a user or a password.</param>
/// <param name="Secret">The environment variable with what messages are signed by; null: they are not signed.</param>
public sealed record NotifySpec(Uri Url, IReadOnlyList<NotifyEvent> Events, string? Secret)
{
    /// <summary>What the names of such variables begin with, so that no file can have another secret of its coordinator used.</summary>
    public const string SecretPrefix = "FSWEEP_NOTIFY_";
}

public enum NotifyEvent
{
    /// <summary>Every trial is finished.</summary>
    Finished,

    /// <summary>It ended before: too many trials failed, no node was left, or its time was over.</summary>
    Failed,

    /// <summary>A trial has reached its target.</summary>
    TargetReached,
}
