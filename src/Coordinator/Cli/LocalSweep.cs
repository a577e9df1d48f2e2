using FashionSweep.Coordinator.Actor;
using FashionSweep.Coordinator.Control;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Nodes;
using FashionSweep.Coordinator.Ranking;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli;

/// <summary>Works on a stored sweep with nodes on this machine: shows its progress, answers on its socket, and ends with its leaderboard.</summary>
internal sealed class LocalSweep(SqliteStore store, StoreFolder folder, NodeOptions.Chosen nodes, bool json)
{
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(SweepFile file, SweepRecord sweep)
    {
        try
        {
            folder.Tidy(TimeProvider.System.GetUtcNow());
            return Conclude(sweep.Name, await TrainAsync(SweepLaunch.Of(file, sweep, store, folder, staysPaused: false)));
        }
        catch (Exception fault) when (fault is StoreException or NodesException)
        {
            Console.Error.WriteLine($"fsweep: {fault.Message}");
            Console.Error.WriteLine($"What was finished is stored. Once this is put right, go on with it: ./fsweep resume {sweep.Name}");
            return ExitCodes.WorkFailed;
        }
    }

    private async Task<SweepEnd> TrainAsync(SweepLaunch launch)
    {
        using var interrupt = new CtrlC();
        using var view = SweepViews.Create(json, Console.Out, Console.Error, TimeProvider.System, launch.Tally);
        await using var run = new SweepRun(nodes.With(folder.Checkpoints), store, launch.Machine);
        var control = new LocalControl(launch.Watch(run.Actor, folder, TimeProvider.System));
        await using var server = await ServeAsync(control);
        return await run.RunAsync(happened =>
        {
            control.On(happened);
            view.On(happened);
        }, interrupt.Pressed);
    }

    // A sweep is worth running without its socket.
    private async Task<ControlServer?> ServeAsync(LocalControl control)
    {
        try
        {
            return await ControlServer.StartAsync(folder, control);
        }
        catch (ControlException fault)
        {
            Console.Error.WriteLine($"fsweep: status, pause and the like will not reach this sweep: {fault.Message}");
            return null;
        }
    }

    private int Conclude(string name, SweepEnd end)
    {
        var sweep = store.Sweeps().Single(stored => stored.Name == name);
        var board = Leaderboard.Of(sweep, store.Trials(name));
        if (!json && board.Trials.Count > 0) LeaderboardView.Write(Console.Out, Terminal.Of(Console.Out), board, [.. board.Configurations.Take(LeaderboardCommand.RowsOfATable)]);
        if (!end.IsFinal()) Console.Error.WriteLine($"{name} stands at {Finished(board)} of {TerminalText.Count(sweep.Total, "trial")}. Go on with it: ./fsweep resume {name}");
        return end switch
        {
            SweepEnd.Stopped => ExitCodes.Interrupted,
            SweepEnd.Complete or SweepEnd.TargetReached or SweepEnd.TimedOut when board.Trials.All(row => row.Trial.State != TrialState.Failed) => ExitCodes.Done,
            _ => ExitCodes.WorkFailed,
        };
    }

    private static int Finished(Leaderboard board) => board.Trials.Count(row => row.Trial.State is not (TrialState.Pending or TrialState.Running));
}
