namespace FashionSweep.Coordinator.Notifications;

/// <summary>When a notification that was not taken is sent again.</summary>
internal static class Retries
{
    /// <summary>After an end. Whoever was away for longer asks how the sweep stands.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <param name="attempts">So many have come to nothing, at least one.</param>
    /// <param name="age">Since the end that is told.</param>
    /// <returns>Null: it is given up.</returns>
    public static TimeSpan? PauseAfter(int attempts, TimeSpan age)
    {
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, attempts - 1)));
        return age + pause < Longest ? pause : null;
    }
}
