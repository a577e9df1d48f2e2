namespace FashionSweep.Coordinator.Machine;

/// <summary>How long a cluster waits, and how often it tries.</summary>
internal static class ClusterRules
{
    /// <summary>A trial whose node died under it so often is set aside.</summary>
    public const int PoisonAfter = 3;

    /// <summary>A node needs longer to die of a trial and to be missed.</summary>
    public static readonly TimeSpan ShortestDeath = TimeSpan.FromSeconds(0.5);

    /// <summary>A node on which so many trials in a row failed is put aside, if others complete elsewhere.</summary>
    public const int FailuresInARow = 3;

    /// <summary>A node that reported so often in a row what can't be is put aside, whatever others do.</summary>
    public const int RefusedInARow = 3;

    // A check counts what was heard and reads no clock: a machine that was suspended for an hour misses one check, and no node is lost by it.
    public const int SilentChecks = 4;
    public static readonly TimeSpan SilenceCheck = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);

    /// <summary>Twice as long after each failure, as far as that makes sense: <c>max_restarts</c> may be any number.</summary>
    public static TimeSpan BackoffAfter(int failures) =>
        TimeSpan.FromSeconds(Math.Min(FirstBackoff.TotalSeconds * Math.Pow(2, failures - 1), LongestBackoff.TotalSeconds));
}
