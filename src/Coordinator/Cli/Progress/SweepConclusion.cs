using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Using;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Progress;

/// <summary>What is said when a sweep has ended: its leaderboard for people, its exit code for programs.</summary>
internal static class SweepConclusion
{
    /// <param name="output">Null where no leaderboard is to be shown.</param>
    /// <returns>
    /// 0 where every trial has come to an end that it may have; 1 where one failed, the sweep was ended early or there was none; 130 where its user stopped
    /// it.
    /// </returns>
    public static int Write(SweepRecord sweep, IReadOnlyList<TrialFigures> trials, ParameterCatalog catalog, SweepEnd end, TextWriter? output, TextWriter error)
    {
        if (output is not null && trials.Count > 0)
        {
            var board = Leaderboard.Of(sweep, trials, catalog);
            LeaderboardView.Write(output, Terminal.Of(output), board, [.. board.Configurations.Take(LeaderboardCommand.RowsOfATable)]);
        }
        var finished = trials.Count(trial => trial.IsFinished);
        if (!end.IsFinal())
            error.WriteLine($"{sweep.Name} stands at {finished} of {TerminalText.Count(sweep.Total, "trial")}. Go on with it: ./fsweep resume {sweep.Name}");
        if (trials.Count == 0 && end != SweepEnd.Stopped) error.WriteLine($"fsweep: {sweep.Name} has ended without a trial");
        return end switch
        {
            SweepEnd.Stopped => ExitCodes.Interrupted,
            _ when trials.Count == 0 => ExitCodes.WorkFailed,
            SweepEnd.Complete or SweepEnd.TargetReached or SweepEnd.TimedOut when trials.All(trial => trial.State != TrialState.Failed) => ExitCodes.Done,
            _ => ExitCodes.WorkFailed,
        };
    }
}
