using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Notifications;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Coordinator.Web;
using FashionSweep.Coordinator.Web.Dashboard;
using FashionSweep.Shared.Parameters;
using Microsoft.Extensions.Hosting;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary>What a cluster's coordinator does, in that order: takes up its sweeps, works, opens its doors, and goes on until it is stopped.</summary>
internal sealed class ClusterWork(
    CoordinatorOptions options, CoordinatorRef coordinator, ClusterControl control, ITrialStore store, ParameterCatalog catalog, CoordinatorTelemetry telemetry,
    Courier courier, OperatorLog log, TimeProvider time) : BackgroundService
{
    // An answer that is on its way may still come; the next coordinator tells the rest.
    private static readonly TimeSpan PatienceToTell = TimeSpan.FromSeconds(1);

    private readonly StoreFolder _folder = options.Store;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Web is { } asked) WebListener.RequireFree(asked, "--listen");
        var takenUp = GoOn();
        using var dashboard = new DashboardApi(_folder, control, store, catalog, data: null, time, log.Say);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        courier.TakeUp();
        // Nodes that knock are answered while the web servers start.
        var work = coordinator.RunAsync(happened =>
        {
            control.On(happened);
            telemetry.On(happened);
            dashboard.On(happened);
            courier.On(happened);
        }, ending.Token);
        try
        {
            var api = new CoordinatorApi(control, _folder, time, dashboard, telemetry.Map);
            await using var socket = await ControlServer.StartAsync(_folder, api.Map, log.Say);
            await using var listener = options.Web is { } web ? await WebListener.StartAsync(web, api.MapWithPage, log.Say) : null;
            // Said when it can be asked, not before.
            Introduce(takenUp, listener);
            await work;
        }
        finally
        {
            await ending.CancelAsync();
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await courier.EndAsync(PatienceToTell);
            log.Say("ended; the nodes train on. Started again on this store, it goes on by itself");
        }
    }

    private IReadOnlyList<SweepLaunch> GoOn()
    {
        _folder.Tidy(time.GetUtcNow());
        var (takenUp, faults) = control.GoOn();
        foreach (var launch in takenUp) telemetry.Resume(launch.Sweep, launch.Tally, launch.Running);
        foreach (var fault in faults) log.Say(fault);
        return takenUp;
    }

    private void Introduce(IReadOnlyList<SweepLaunch> takenUp, WebListener? listener)
    {
        log.Say($"coordinator on {_folder}, joined by nodes at {options.At}{(options.Files is null ? ", not encrypted" : "")}");
        log.Say(takenUp.Count == 0
            ? $"no sweep is in work; to give it one: ./fsweep submit FILE --store {_folder}"
            : $"goes on with {string.Join(", ", takenUp.Select(launch => launch.Sweep.Name))}");
        if (listener is not null) log.Say($"listens on {listener.Address}");
        log.Say($"to give it a node: {NodeCommand}");
    }

    // The nodes of this machine need no way around.
    private string NodeCommand => string.Join(' ',
    [
        "./fsweep node", "--join", $"{options.At}",
        .. options.Web is null ? (string[])["--store", _folder.Path] : ["--coordinator", "URL"],
        .. options.Files is null ? (string[])[] : ["--authority", "PEM", "--certificate", "PEM", "--key", "PEM"],
    ]);
}
