using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport.RabbitMq;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary>The coordinator of a cluster, in one process: what it is made of, and in which order that comes and goes.</summary>
/// <param name="catalog">What the engine of its nodes can be asked.</param>
/// <param name="log">For the operator: the start, and a line for each event.</param>
internal sealed class ClusterCoordinator(CoordinatorOptions options, ParameterCatalog catalog, TextWriter log, TimeProvider time)
{
    private const long LeastFreeMegabytes = 100;

    private readonly StoreFolder _folder = options.Store;

    /// <summary>Works until it is stopped. The nodes work on then, and the next coordinator of the store goes on.</summary>
    /// <exception cref="StoreException">The store is in use, or can't be written.</exception>
    /// <exception cref="BrokerException">The broker can't be used, or the cluster has a coordinator.</exception>
    /// <exception cref="ListenException">It can't listen where it should.</exception>
    /// <exception cref="FormatException">A variable of the telemetry has a value that is not allowed.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var store = SqliteStore.OpenForWriting(_folder);
        await using var transport = await RabbitMqCoordinatorTransport.ConnectAsync(options.Broker, Say, stop);
        try
        {
            await WorkAsync(store, transport, stop);
        }
        finally
        {
            // Without a word to the nodes, however this ends, and be it before it has begun: they work on for whoever follows.
            await transport.HandOverAsync();
        }
    }

    private async Task WorkAsync(SqliteStore store, RabbitMqCoordinatorTransport transport, CancellationToken stop)
    {
        var machine = new ClusterMachine(isStanding: true);
        ClusterActor? actor = null;
        using var telemetry = CoordinatorTelemetry.Start(
            new TelemetryProbes(() => actor?.BusyFor ?? TimeSpan.Zero, () => machine.Dropped, () => transport.Refused),
            [new HealthCheck("store", FindStoreFault), new HealthCheck("broker", () => transport.IsConnected ? null : "the connection to the broker is gone")], log, time);
        actor = new ClusterActor(machine, store, transport, new CheckpointFolder(_folder.Checkpoints), time)
        {
            OnAppended = telemetry.Meter.Appended,
            HasCheckpoint = checkpoint => File.Exists(_folder.PathOf(checkpoint)),
        };
        using var control = new ClusterControl(actor, _folder, catalog, time);
        var takenUp = GoOn(control, store, telemetry);
        var api = new CoordinatorApi(control, _folder, time, telemetry.Map);
        await using var socket = await ControlServer.StartAsync(_folder, api.Map, Say);
        await using var listener = options.Web is { } web ? await WebListener.StartAsync(web, api.Map, Say) : null;
        // Said when it can be asked, not before.
        Introduce(takenUp, listener);
        try
        {
            await actor.RunAsync(happened =>
            {
                control.On(happened);
                telemetry.On(happened);
            }, stop);
        }
        finally
        {
            Say("ended; the nodes train on. Started again on this store, it goes on by itself");
        }
    }

    // A store that can't be written ends the process; this warns before.
    private string? FindStoreFault()
    {
        var free = new DriveInfo(Path.GetFullPath(_folder.Path)).AvailableFreeSpace >> 20;
        return free < LeastFreeMegabytes ? $"{_folder}: {free} MB are free on its disk, should be at least {LeastFreeMegabytes}" : null;
    }

    // Some of it is told by others: it must not command the operator's terminal.
    private void Say(string line) => log.WriteLine($"fsweep: {ShownText.Of(line)}");

    private IReadOnlyList<SweepLaunch> GoOn(ClusterControl control, SqliteStore store, CoordinatorTelemetry telemetry)
    {
        _folder.Tidy(time.GetUtcNow());
        var (takenUp, faults) = control.GoOn(store);
        foreach (var launch in takenUp) telemetry.Resume(launch.Sweep, launch.Tally, launch.Running);
        foreach (var fault in faults) Say(fault);
        return takenUp;
    }

    private void Introduce(IReadOnlyList<SweepLaunch> takenUp, WebListener? listener)
    {
        Say($"coordinator of cluster {options.Broker.Cluster} on {_folder}, with the broker at {options.Broker.Broker.Authority}");
        Say(takenUp.Count == 0 ? $"no sweep is in work; to give it one: ./fsweep submit FILE --store {_folder}" : $"goes on with {string.Join(", ", takenUp.Select(launch => launch.Sweep.Name))}");
        if (listener is not null) Say($"listens on {listener.Address}");
        Say($"to give it a node: {NodeCommand}");
    }

    // The nodes of this machine need no way around.
    private string NodeCommand => string.Join(' ',
        ["./fsweep node", "--broker", options.Broker.Broker.OriginalString, .. options.Broker.Cluster == RabbitMqOptions.DefaultCluster ? (string[])[] : ["--cluster", options.Broker.Cluster],
        .. options.Web is null ? (string[])["--store", _folder.Path] : ["--coordinator", "URL"]]);
}
