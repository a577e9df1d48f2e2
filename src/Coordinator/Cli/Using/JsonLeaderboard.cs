using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>What <c>leaderboard --format json</c> writes.</summary>
/// <param name="Configurations">Of the trials; where a sweep has no repeats each trial is one.</param>
/// <param name="Front">Null where a sweep has one objective, or nothing is complete.</param>
internal sealed record JsonLeaderboard(
    JsonSweep Sweep, JsonFront? Front, IReadOnlyList<JsonConfiguration> Configurations, IReadOnlyList<JsonTrial> Trials)
{
    public static JsonLeaderboard Of(Leaderboard all, IReadOnlyList<ShownTrial> trials) => new(
        JsonSweep.Of(all.Sweep),
        SweepFront.Of(all) is { } front ? JsonFront.Of(front) : null,
        [.. trials.Select(trial => trial.Configuration).DistinctBy(configuration => configuration.Number).Select(JsonConfiguration.Of)],
        [.. trials.Select(trial => JsonTrial.Of(trial.Rank, trial.Trial, all.Sweep.Repeats))]);
}

/// <param name="Configurations">By their numbers; the best by the first objective comes first.</param>
/// <param name="Hypervolume">Of the box between the best and the worst of each objective, the share that the front leaves behind it.</param>
/// <param name="Growth">How it came to be, as configurations were completed.</param>
internal sealed record JsonFront(IReadOnlyList<int> Configurations, double Hypervolume, IReadOnlyList<FrontPoint> Growth)
{
    public static JsonFront Of(SweepFront front) => new([.. front.Configurations.Select(row => row.Number)], front.Hypervolume, front.Growth);
}

/// <param name="Configuration">Its number in the order of trying, from 1.</param>
/// <param name="OnFront">No other beats it by all objectives together; false where there is one.</param>
/// <param name="Value">Of the objective, over the completed repeats.</param>
/// <param name="TestAccuracy">The mean; never used to choose.</param>
internal sealed record JsonConfiguration(
    int? Rank, bool OnFront, int Configuration, TrialState State, int Completed, int Repeats, Estimate? Value, Estimate? TestAccuracy,
    IReadOnlyList<TrialId> Trials, TrialId? Best)
{
    public static JsonConfiguration Of(RankedConfiguration row) => new(
        row.Rank, row.IsOnFront, row.Number, row.State, row.Completed.Count, row.Repeats.Seeds, row.Value, row.Of(trial => trial.Result?.Test.Accuracy),
        [.. row.Trials.Select(trial => trial.Id)], row.Best?.Id);
}
