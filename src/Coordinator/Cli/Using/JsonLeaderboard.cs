using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>What <c>leaderboard --format json</c> writes.</summary>
/// <param name="Configurations">Of the trials; where a sweep has no repeats each trial is one.</param>
internal sealed record JsonLeaderboard(JsonSweep Sweep, IReadOnlyList<JsonConfiguration> Configurations, IReadOnlyList<JsonTrial> Trials)
{
    public static JsonLeaderboard Of(Leaderboard all, IReadOnlyList<ShownTrial> trials) => new(
        JsonSweep.Of(all.Sweep),
        [.. trials.Select(trial => trial.Configuration).DistinctBy(configuration => configuration.Number).Select(JsonConfiguration.Of)],
        [.. trials.Select(trial => JsonTrial.Of(trial.Rank, trial.Trial, all.Sweep.Repeats))]);
}

/// <param name="Configuration">Its number in the order of trying, from 1.</param>
/// <param name="Value">Of the objective, over the completed repeats.</param>
/// <param name="TestAccuracy">The mean; never used to choose.</param>
internal sealed record JsonConfiguration(
    int? Rank, int Configuration, TrialState State, int Completed, int Repeats, Estimate? Value, Estimate? TestAccuracy,
    IReadOnlyList<TrialId> Trials, TrialId? Best)
{
    public static JsonConfiguration Of(RankedConfiguration row) => new(
        row.Rank, row.Number, row.State, row.Completed.Count, row.Repeats.Seeds, row.Value, row.Of(trial => trial.Result?.Test.Accuracy),
        [.. row.Trials.Select(trial => trial.Id)], row.Best?.Id);
}
