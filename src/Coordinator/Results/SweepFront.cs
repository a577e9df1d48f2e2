using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Fronts;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Results;

/// <summary>What a sweep of several objectives has come to: the configurations that no other beats, and how much they leave behind them.</summary>
/// <param name="Configurations">By the first objective, the best first; only of those that have completed all repeats.</param>
/// <param name="Growth">As configurations were completed, in their order; some of many. The last is how it stands.</param>
public sealed record SweepFront(IReadOnlyList<RankedConfiguration> Configurations, IReadOnlyList<FrontPoint> Growth)
{
    private const int MostPoints = 60;

    /// <summary>Of the box between the best and the worst of each objective, the share that the front leaves behind it.</summary>
    public double Hypervolume => Growth[^1].Hypervolume;

    /// <returns>Null where there is one objective, or nothing is complete.</returns>
    public static SweepFront? Of(Leaderboard board)
    {
        var objectives = board.Sweep.Objectives;
        if (objectives.Count == 1) return null;
        List<(double[] Losses, DateTimeOffset EndedAt)> complete = [.. board.Configurations
            .Select(row => (Losses: LossesOf(row, objectives), EndedAt: row.Trials.Max(trial => trial.EndedAt) ?? DateTimeOffset.MinValue))
            .Where(row => row.Losses?.All(double.IsFinite) == true).Select(row => (row.Losses!, row.EndedAt)).OrderBy(row => row.EndedAt)];
        if (complete.Count == 0) return null;
        var members = board.Configurations.Where(row => row.IsOnFront).OrderBy(row => row.Rank);
        return new SweepFront([.. members], [.. GrowthOf([.. complete.Select(row => row.Losses)])]);
    }

    /// <summary>The configurations on the front alone, by number.</summary>
    /// <param name="trials">By number.</param>
    public static IReadOnlyList<RankedConfiguration> In(SweepRecord sweep, IReadOnlyList<TrialFigures> trials) =>
        [.. Mark([.. Leaderboard.ConfigurationsOf(sweep, [.. trials])], sweep.Objectives).Where(row => row.IsOnFront)];

    /// <summary>Says of each which of them are on the front.</summary>
    internal static List<RankedConfiguration> Mark(List<RankedConfiguration> configurations, Objectives objectives)
    {
        if (objectives.Count == 1) return configurations;
        var complete = configurations.Index().Select(row => (row.Index, Losses: LossesOf(row.Item, objectives))).Where(row => row.Losses is not null).ToList();
        var front = ParetoFront.Of([.. complete.Select(row => row.Losses!)]).Select(place => complete[place].Index).ToHashSet();
        return [.. configurations.Select((row, index) => front.Contains(index) ? row with { IsOnFront = true } : row)];
    }

    private static double[]? LossesOf(RankedConfiguration row, Objectives objectives) =>
        row.IsComplete ? [.. objectives.Select(objective => objective.LossOf(row.ValueOf(objective)!.Value.Value))] : null;

    private static IEnumerable<FrontPoint> GrowthOf(List<double[]> complete)
    {
        var (box, front) = (Search.Fronts.Hypervolume.Around(complete), new List<double[]>());
        var each = Math.Max(1, complete.Count / (double)MostPoints);
        for (var count = 1; count <= complete.Count; count++)
        {
            front.Add(complete[count - 1]);
            if ((int)(count / each) == (int)((count - 1) / each) && count < complete.Count) continue;
            front = [.. ParetoFront.Of(front).Select(place => front[place])];
            yield return new FrontPoint(count, box.ShareOf(front));
        }
    }
}

/// <param name="Completed">So many configurations were.</param>
/// <param name="Hypervolume">From 0 to 1.</param>
public sealed record FrontPoint(int Completed, double Hypervolume);
