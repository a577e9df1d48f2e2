namespace FashionSweep.Coordinator.Live;

/// <summary>
/// How fast work is done: a mean in which work counts half as much for each <c>halfLife</c> of trials done after it.
/// Forgetting by work and not by time makes it the same for trials of seconds and of hours.
/// </summary>
/// <param name="At">When work was last seen to grow.</param>
/// <param name="Done">How much was done then, in trials and parts of trials.</param>
public sealed record ProgressRate(DateTimeOffset At, double Done, double Work = 0, double Seconds = 0)
{
    public ProgressRate Advance(DateTimeOffset now, double done, double halfLife)
    {
        // Work that was lost with a node is done again, and counts again.
        if (done <= Done) return this with { Done = done };
        // What is reported at one instant was done in the same time.
        if (now == At && Work > 0) return this with { Done = done, Work = Work + done - Done };
        var keep = Math.Pow(0.5, (done - Done) / halfLife);
        return new ProgressRate(now, done, (Work * keep) + done - Done, (Seconds * keep) + (now - At).TotalSeconds);
    }

    /// <returns>The time until <paramref name="remaining"/> more is done, counting down between reports; null while nothing was measured.</returns>
    public TimeSpan? TimeFor(double remaining, DateTimeOffset now)
    {
        if (Work <= 0) return null;
        var seconds = (remaining * Seconds / Work) - (now - At).TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.FromDays(999).TotalSeconds));
    }
}
