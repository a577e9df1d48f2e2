using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Progress;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Notifications;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Coordinator.Web.Dashboard;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>Works on a stored sweep with nodes on this machine: shows its progress, answers on its socket, and ends with its leaderboard.</summary>
/// <param name="catalog">What the engine can be asked.</param>
/// <param name="dashboard">Where the sweep is shown as a page; null: nowhere.</param>
internal sealed class LocalSweep(
    LiteStore store, StoreFolder folder, ParameterCatalog catalog, NodeOptions.Chosen nodes, bool json, WebOptions? dashboard = null)
{
    // A run has ended then, however slow who is to be told of it is.
    private static readonly TimeSpan PatienceToTell = TimeSpan.FromSeconds(10);

    // Until trials run, the processor is the nodes' and the cluster's: who asks the socket waits, but no longer than this.
    private static readonly TimeSpan PatienceToStart = TimeSpan.FromSeconds(3);

    private readonly SteadyTime _time = new(TimeProvider.System, step => Console.Error.WriteLine(ClockText.Of(step)));

    // The last question that it failed at, and why: said when nothing is drawn any more.
    private volatile string? _failed;

    /// <param name="early">Has started its nodes; null: they are yet to be started.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="InputException">An engine that the sweep names is not here.</exception>
    public async Task<int> RunAsync(SweepFile file, SweepRecord sweep, INodeLauncher? early = null)
    {
        EngineFolder.Require(AppContext.BaseDirectory, file.Spec.Engines);
        var code = await WorkAsync(file, sweep, early);
        await TellAsync();
        return code;
    }

    private async Task<int> WorkAsync(SweepFile file, SweepRecord sweep, INodeLauncher? early)
    {
        try
        {
            folder.Tidy(_time.GetUtcNow());
            var launch = SweepLaunch.Of(file, sweep, store, folder, staysPaused: false);
            return Conclude(sweep.Name, await TrainAsync(launch, nodes.With(folder.Checkpoints, file.Spec.Engines), early));
        }
        catch (Exception fault) when (fault is StoreException or NodesException)
        {
            Console.Error.WriteLine($"fsweep: {fault.Message}");
            Console.Error.WriteLine($"What was finished is stored. Once this is put right, go on with it: ./fsweep resume {sweep.Name}");
            return ExitCodes.WorkFailed;
        }
    }

    // Of this end, and of those that an earlier run could not tell of.
    private async Task TellAsync()
    {
        using var courier = new Courier(
            store, stored => StoredSweeps.FileOf(stored, catalog).Spec.Notify, _time, Environment.GetEnvironmentVariable,
            line => Console.Error.WriteLine($"fsweep: {line}"));
        courier.TakeUp();
        await courier.EndAsync(PatienceToTell);
    }

    private async Task<SweepEnd> TrainAsync(SweepLaunch launch, LocalNodesOptions options, INodeLauncher? early)
    {
        using var interrupt = new CtrlC();
        using var view = SweepViews.Create(json, Console.Out, Console.Error, _time, launch.Tally);
        await using var run = new SweepRun(options, early ?? new NodeLauncher(options), store, launch.Machine, _time);
        var control = new LocalControl(launch.Watch(run.Coordinator, folder, NodeRoster.Empty, _time));
        using var board = new DashboardApi(folder, control, store, catalog, nodes.Data, _time, fault => _failed = fault);
        var api = new CoordinatorApi(control, folder, _time, board);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = Serve(api, Task.WhenAny(started.Task, Task.Delay(PatienceToStart, _time)));
        await using var listener = dashboard is null ? null : await WebListener.StartAsync(dashboard, api.MapWithPage, fault => _failed = fault);
        if (listener is not null) Console.Error.WriteLine($"{launch.Sweep.Name} as a page: {listener.Address}");
        return await run.RunAsync(happened =>
        {
            control.On(happened);
            board.On(happened);
            view.On(happened);
            if (happened is SweepEvent.TrialStarted) started.TrySetResult();
        }, interrupt.Pressed);
    }

    // A sweep is worth running without its socket.
    private ControlServer? Serve(CoordinatorApi api, Task answering)
    {
        try
        {
            return ControlServer.Open(folder, api.Map, fault => _failed = fault, answering);
        }
        catch (ControlException fault)
        {
            Console.Error.WriteLine($"fsweep: status, pause and the like will not reach this sweep: {fault.Message}");
            return null;
        }
    }

    private int Conclude(string name, SweepEnd end)
    {
        if (_failed is { } failed) Console.Error.WriteLine($"fsweep: {failed.Split('\n')[0]}");
        return SweepConclusion.Write(
            store.Sweeps().Single(stored => stored.Name == name), store.FiguresOf(name), catalog, end, json ? null : Console.Out, Console.Error);
    }
}
