using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Schedules;

/// <summary>Says when a trial has got no better for long enough. Follows from the reports alone.</summary>
internal static class EarlyStopping
{
    /// <param name="config">Null never stops.</param>
    /// <param name="reports">Of all epochs so far.</param>
    public static bool IsDue(EarlyStoppingConfig? config, IReadOnlyList<EpochReport> reports)
    {
        if (config is null) return false;
        var bad = 0;
        double? best = null;
        foreach (var value in reports.Select(config.Watched.Of))
        {
            if (best is null || Gain(value, best.Value) > config.MinDelta) (best, bad) = (value, 0);
            else bad++;
        }
        return bad > config.Patience;

        double Gain(double value, double than) => config.Watched.Goal == Goal.Maximize ? value - than : than - value;
    }
}
