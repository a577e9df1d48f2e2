using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Schedules;

/// <summary>
/// Counts how often the learning rate has fallen because the objective got no better, as <c>torch.optim.lr_scheduler.ReduceLROnPlateau</c> does with
/// its defaults, but for one: that stops at falls of less than 1e-8, this goes on.
/// </summary>
internal sealed class Plateau(Objective objective, int patience)
{
    // PyTorch's threshold: what is better by a smaller share is no better.
    private const double LeastGain = 1e-4;

    // Asked in every step, while the reports change once in an epoch.
    private (IReadOnlyList<EpochReport>? Reports, int Count, int Falls) _known;

    public int Falls(IReadOnlyList<EpochReport> reports)
    {
        if (!ReferenceEquals(_known.Reports, reports) || _known.Count != reports.Count) _known = (reports, reports.Count, Count(reports));
        return _known.Falls;
    }

    private int Count(IReadOnlyList<EpochReport> reports)
    {
        var (falls, bad) = (0, 0);
        double? best = null;
        foreach (var value in reports.Select(objective.Of))
        {
            if (best is null || IsBetter(value, best.Value)) (best, bad) = (value, 0);
            else bad++;
            if (bad <= patience) continue;
            (falls, bad) = (falls + 1, 0);
        }
        return falls;
    }

    private bool IsBetter(double value, double best) =>
        objective.Goal == Goal.Maximize ? value > best * (1 + LeastGain) : value < best * (1 - LeastGain);
}
