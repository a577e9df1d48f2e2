using System.CommandLine;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Notifications;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary><c>fsweep run FILE</c>: a whole sweep on this machine.</summary>
internal static class RunCommand
{
    public static Command Create(ParameterCatalog catalog)
    {
        var file = new Argument<string>("FILE") { Description = "The sweep file, in YAML; sweeps/quickstart.yaml is one to learn from" };
        var resume = new Option<bool>("--resume") { Description = "Go on with the sweep of this file that was stopped or killed" };
        var json = new Option<bool>("--json") { Description = "Print every event as one line of JSON, for programs" };
        var plugin = PluginOption.Create();
        var dashboard = DashboardOption.Create();
        var store = StoreOption.Create();
        var nodes = new NodeOptions();
        var command = new Command("run", "Trains every trial of a sweep file on this machine, and shows the leaderboard")
        {
            file, plugin, resume, json, dashboard, store,
        };
        nodes.AddTo(command);
        command.SetAction((arguments, _) =>
        {
            var (sweep, given) = arguments.SweepOf(plugin, arguments.GetRequiredValue(file), catalog);
            return RunAsync(
                new Request(
                    sweep, given, arguments.GetValue(resume), arguments.GetValue(json), arguments.FolderOf(store), nodes.Read(arguments),
                    arguments.DashboardOf(dashboard)),
                catalog);
        });
        return command;
    }

    // All that can be wrong and is quickly found is looked at before the store is touched.
    private static async Task<int> RunAsync(Request request, ParameterCatalog catalog)
    {
        var file = request.File;
        foreach (var notice in SweepNotices.Of(file.Spec)) Console.Error.WriteLine($"{file.Path}: {notice}");
        SigningKey.Require(file, Environment.GetEnvironmentVariable);
        EngineFolder.Require(AppContext.BaseDirectory, file.Spec.Engines);
        FashionMnist.Look(request.Nodes.Data);
        using var early = new EarlyNodes(new NodeLauncher(request.Nodes.With(request.Store.Checkpoints, file.Spec.Engines)), request.Nodes.Nodes);
        var place = new LocalPlace(request.Store);
        if (request.Resume) place.Open().Dispose();
        StartingPoints.Check(file, file.Path, place, CancellationToken.None);
        if (!request.Resume) file = PriorSweeps.LookUp(file, place, CancellationToken.None);

        using var store = LiteStore.OpenForWriting(request.Store);
        return Choose(store, file, request) is { } sweep
            ? await new LocalSweep(store, request.Store, catalog, request.Nodes, request.Json, request.Dashboard)
                .RunAsync(file with { Spec = StoredSweeps.FileOf(sweep, catalog).Spec }, sweep, early)
            : ExitCodes.Done;
    }

    /// <returns>The sweep to work on; null where it is complete already.</returns>
    private static SweepRecord? Choose(LiteStore store, SweepFile file, Request request)
    {
        var choice = request.Resume
            ? SweepChoice.ForResume(store.Sweeps(), file.Spec.Name, file.Source, file.Path, request.Plugin?.Model.Plugin)
            : SweepChoice.ForRun(store.Sweeps(), file.Spec.Name, file.Source);
        switch (choice)
        {
            case SweepChoice.GoOn goOn:
                return goOn.Sweep;
            case SweepChoice.Fresh fresh:
                if (fresh.Unfinished is { } unfinished)
                    Console.Error.WriteLine(
                        $"{unfinished.Name} of this file was never finished, and stays as it is; --resume goes on with it. This run is {fresh.Name}.");
                return new StoredSweeps(store, request.Store, file.Spec.Catalog, TimeProvider.System).Add(file, file.Path, fresh, request.Plugin);
            case SweepChoice.AlreadyComplete { Sweep: { End: SweepEnd.Cancelled, Name: var cancelled } }:
                throw new InputException($"{cancelled} is cancelled: ./fsweep extend {cancelled} makes more of it; without --resume the file is run again");
            case SweepChoice.AlreadyComplete complete:
                Console.Error.WriteLine($"{complete.Sweep.Name} is {SweepStanding.StateOf(complete.Sweep)}: there is nothing left to train. "
                    + "Without --resume the file is run again.");
                return null;
            case SweepChoice.NothingToResume nothing:
                throw new InputException($"{file.Path} can't be resumed: {nothing.Reason}");
            default:
                throw new InvalidOperationException($"Nothing to do for {choice.GetType().Name}.");
        }
    }

    private sealed record Request(
        SweepFile File, GivenPlugin? Plugin, bool Resume, bool Json, StoreFolder Store, NodeOptions.Chosen Nodes, WebOptions? Dashboard);
}
