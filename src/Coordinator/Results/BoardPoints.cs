using FashionSweep.Search.Importance;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Results;

/// <summary>A leaderboard's configurations as points of the search space, each with what it came to over its repeats.</summary>
public static class BoardPoints
{
    /// <summary>Those with a result, and those that were pruned or diverged, which have no value. What failed or runs says nothing yet.</summary>
    /// <param name="space">Of the sweep's file.</param>
    public static TriedPoints In(this Leaderboard board, SearchSpace space) => TriedPoints.Of(space, board.Sweep.Objective, board.Configurations
        .Where(row => row.IsRanked || row.State is TrialState.Pruned or TrialState.Diverged)
        .OrderBy(row => row.Number)
        .Select(row => (row.Trials[0].Parameters, row.IsRanked ? row.Value?.Value : null)));
}
