using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Transport;
using FashionSweep.Shared.Transport.RabbitMq;
using FashionSweep.Training.Checkpoints;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FashionSweep.Coordinator.Cli.Clusters;

/// <summary>The coordinator of a cluster, in one process: a host, and what it is made of.</summary>
/// <param name="catalog">What the engine of its nodes can be asked.</param>
/// <param name="log">For the operator: the start, and a line for each event.</param>
internal sealed class ClusterCoordinator(CoordinatorOptions options, ParameterCatalog catalog, TextWriter log, TimeProvider time)
{
    private const long LeastFreeMegabytes = 100;

    private readonly StoreFolder _folder = options.Store;
    private readonly OperatorLog _operator = new(log);

    /// <summary>Works until it is stopped. The nodes work on then, and the next coordinator of the store goes on.</summary>
    /// <exception cref="StoreException">The store is in use, or can't be written.</exception>
    /// <exception cref="BrokerException">The broker can't be used, or the cluster has a coordinator.</exception>
    /// <exception cref="ListenException">It can't listen where it should.</exception>
    /// <exception cref="FormatException">A variable of the telemetry has a value that is not allowed.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        // Around the host: locked before all that is in it comes, and until it has gone.
        using var store = SqliteStore.OpenForWriting(_folder);
        await using var transport = await RabbitMqCoordinatorTransport.ConnectAsync(options.Broker, _operator.Say, stop);
        try
        {
            using var host = Build(store, transport);
            await RunAsync(host, stop);
        }
        finally
        {
            // Without a word to the nodes, however this ends, and be it before it has begun: they work on for whoever follows.
            await transport.HandOverAsync();
        }
    }

    private static async Task RunAsync(IHost host, CancellationToken stop)
    {
        await host.StartAsync(CancellationToken.None);
        await host.WaitForShutdownAsync(stop);
        // A host stops when its work has failed, and keeps the reason to itself.
        await host.Services.GetRequiredService<ClusterWork>().ExecuteTask!;
    }

    private IHost Build(SqliteStore store, RabbitMqCoordinatorTransport transport)
    {
        // An empty builder reads no settings and logs nothing.
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddEnvironmentVariables();
        builder.AddCoordinatorTelemetry(log);
        builder.Services
            .AddSingleton<IHostLifetime, QuietWeb.NoLifetime>()
            .Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan)
            .AddSingleton(options)
            .AddSingleton(_folder)
            .AddSingleton(catalog)
            .AddSingleton(time)
            .AddSingleton(_operator)
            .AddSingleton<ITrialStore>(store)
            .AddSingleton<ICoordinatorTransport>(transport)
            .AddSingleton(new ClusterMachine(isStanding: true, EngineFacts.WeightsOf))
            .AddSingleton(new CheckpointFolder(_folder.Checkpoints))
            .AddSingleton(CreateActor)
            .AddSingleton<ClusterControl>()
            .AddSingleton(services => Probe(services.GetRequiredService<ClusterActor>(), services.GetRequiredService<ClusterMachine>(), transport))
            .AddReadiness("store", FindStoreFault)
            .AddReadiness("broker", () => transport.IsConnected ? null : "the connection to the broker is gone")
            .AddSingleton<ClusterWork>()
            .AddHostedService(services => services.GetRequiredService<ClusterWork>());
        return builder.Build();
    }

    private ClusterActor CreateActor(IServiceProvider services) => new(
        services.GetRequiredService<ClusterMachine>(), services.GetRequiredService<ITrialStore>(),
        services.GetRequiredService<ICoordinatorTransport>(), services.GetRequiredService<CheckpointFolder>(), time)
    {
        OnAppended = services.GetRequiredService<CoordinatorMeter>().Appended,
        HasCheckpoint = checkpoint => new FileInfo(_folder.PathOf(checkpoint)) is { Exists: true, Length: var bytes } && bytes == checkpoint.Bytes,
    };

    private static TelemetryProbes Probe(ClusterActor actor, ClusterMachine machine, RabbitMqCoordinatorTransport transport) =>
        new(() => actor.BusyFor, () => machine.Dropped, () => transport.Refused);

    // A store that can't be written ends the process; this warns before.
    private string? FindStoreFault()
    {
        var free = new DriveInfo(Path.GetFullPath(_folder.Path)).AvailableFreeSpace >> 20;
        return free < LeastFreeMegabytes ? $"{_folder}: {free} MB are free on its disk, should be at least {LeastFreeMegabytes}" : null;
    }
}
