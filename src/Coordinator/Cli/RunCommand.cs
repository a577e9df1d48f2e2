using System.CommandLine;
using FashionSweep.Coordinator.Actor;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Nodes;
using FashionSweep.Coordinator.Ranking;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Coordinator.Trials;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli;

/// <summary><c>fsweep run FILE</c>: a whole sweep on this machine.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The sweep file, in YAML; sweeps/quickstart.yaml is one to learn from" };
        var resume = new Option<bool>("--resume") { Description = "Go on with the sweep of this file that was stopped or killed" };
        var json = new Option<bool>("--json") { Description = "Print every event as one line of JSON, for programs" };
        var store = StoreOption.Create();
        var nodes = new NodeOptions();
        var command = new Command("run", "Trains every trial of a sweep file on this machine, and shows the leaderboard") { file, resume, json, store };
        nodes.AddTo(command);
        command.SetAction((arguments, _) => RunAsync(
            new Request(arguments.GetRequiredValue(file), arguments.GetValue(resume), arguments.GetValue(json), arguments.FolderOf(store), nodes.Read(arguments))));
        return command;
    }

    // All that can be wrong is looked at before the store is touched.
    private static async Task<int> RunAsync(Request request)
    {
        var file = SweepFile.Load(request.File);
        foreach (var notice in SweepNotices.Of(file.Spec)) Console.Error.WriteLine($"{request.File}: {notice}");
        FashionMnist.Load(request.Nodes.Data);
        if (request.Resume) SqliteStore.OpenForReading(request.Store).Dispose();

        using var store = SqliteStore.OpenForWriting(request.Store);
        file = file with { Spec = StartingPoints.Resolve(file.Spec, request.File, store, request.Store) };
        if (Choose(store, file, request) is not { } sweep) return ExitCodes.Done;
        try
        {
            return Conclude(store, sweep.Name, request, await TrainAsync(store, file, sweep, request));
        }
        catch (Exception fault) when (fault is StoreException or NodesException)
        {
            Console.Error.WriteLine($"fsweep: {fault.Message}");
            Console.Error.WriteLine($"What was finished is stored. Once this is put right, go on with it: ./fsweep run {request.File} --resume");
            return ExitCodes.WorkFailed;
        }
    }

    /// <returns>The sweep to work on; null where it is complete already.</returns>
    private static SweepRecord? Choose(SqliteStore store, SweepFile file, Request request)
    {
        var choice = request.Resume
            ? SweepChoice.ForResume(store.Sweeps(), file.Spec.Name, file.Source, request.File)
            : SweepChoice.ForRun(store.Sweeps(), file.Spec.Name, file.Source);
        switch (choice)
        {
            case SweepChoice.GoOn goOn:
                return goOn.Sweep;
            case SweepChoice.Fresh fresh:
                if (fresh.Unfinished is { } unfinished)
                    Console.Error.WriteLine($"{unfinished.Name} of this file was never finished, and stays as it is; --resume goes on with it. This run is {fresh.Name}.");
                var sweep = new SweepRecord(fresh.Name, request.File, file.Source, file.Spec.Objective, TrialSource.CountOf(file.Spec), TimeProvider.System.GetUtcNow());
                store.Add(sweep);
                return sweep;
            case SweepChoice.AlreadyComplete complete:
                Console.Error.WriteLine($"{complete.Sweep.Name} is complete: there is nothing left to train. Without --resume the file is run again.");
                return null;
            case SweepChoice.NothingToResume nothing:
                throw new InputException($"{request.File} can't be resumed: {nothing.Reason}");
            default:
                throw new InvalidOperationException($"Nothing to do for {choice.GetType().Name}.");
        }
    }

    private static async Task<SweepEnd> TrainAsync(SqliteStore store, SweepFile file, SweepRecord sweep, Request request)
    {
        var earlier = store.Trials(sweep.Name);
        var source = new TrialSource(sweep.Name, file.Spec, earlier, store.Epochs(sweep.Name));
        var machine = new SweepMachine(sweep.Name, source, file.Spec.Objective, file.Spec.Budgets, earlier);
        using var interrupt = new CtrlC();
        using var view = SweepViews.Create(request.Json, Console.Out, Console.Error, TimeProvider.System, earlier);
        return await SweepRun.RunAsync(request.Nodes.With(request.Store.Checkpoints), store, machine, view.On, interrupt.Pressed);
    }

    private static int Conclude(SqliteStore store, string name, Request request, SweepEnd end)
    {
        var sweep = store.Sweeps().Single(stored => stored.Name == name);
        var board = Leaderboard.Of(sweep, store.Trials(name));
        if (!request.Json && board.Trials.Count > 0) LeaderboardView.Write(Console.Out, Terminal.Of(Console.Out), board, [.. board.Trials.Take(LeaderboardCommand.RowsOfATable)]);
        if (end != SweepEnd.Complete) Console.Error.WriteLine($"{sweep.Name} stands at {Finished(board)} of {TerminalText.Count(sweep.Total, "trial")}. Go on with it: ./fsweep run {request.File} --resume");
        return end switch
        {
            SweepEnd.Stopped => ExitCodes.Interrupted,
            SweepEnd.Complete when board.Trials.All(row => row.Trial.State != TrialState.Failed) => ExitCodes.Done,
            _ => ExitCodes.WorkFailed,
        };
    }

    private static int Finished(Leaderboard board) => board.Trials.Count(row => row.Trial.State is TrialState.Completed or TrialState.Diverged or TrialState.Failed);

    private sealed record Request(string File, bool Resume, bool Json, StoreFolder Store, NodeOptions.Chosen Nodes);
}
