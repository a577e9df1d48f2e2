using Akka.Actor;
using Akka.Hosting;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Notifications;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Telemetry;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Cluster;
using FashionSweep.Shared.Parameters;
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
    /// <exception cref="ClusterException">Its place in the network is taken, or it can't be had.</exception>
    /// <exception cref="NodesException">It was put out of its own cluster.</exception>
    /// <exception cref="ListenException">It can't listen where it should.</exception>
    /// <exception cref="FormatException">A variable of the telemetry has a value that is not allowed.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        // Around the host: locked before all that is in it comes, and until it has gone.
        using var store = LiteStore.OpenForWriting(_folder);
        using var host = Build(store);
        try
        {
            await host.StartAsync(CancellationToken.None);
        }
        catch (Exception fault) when (CoordinatorSystem.Explain(fault, options.At) is { } why)
        {
            throw new ClusterException(why, fault);
        }
        await host.WaitForShutdownAsync(stop);
        // A host stops when its work has failed, and keeps the reason to itself.
        await host.Services.GetRequiredService<ClusterWork>().ExecuteTask!;
    }

    private IHost Build(LiteStore store)
    {
        // An empty builder reads no settings and logs nothing.
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var tls = options.Files?.ForCoordinator(why => _operator.Say($"whoever knocks is not let in: {why}"));
        builder.Configuration.AddEnvironmentVariables();
        builder.AddCoordinatorTelemetry(log);
        builder.Services
            .AddSingleton<IHostLifetime, QuietWeb.NoLifetime>()
            .Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan)
            .AddSingleton(options)
            .AddSingleton(options.Plugins)
            .AddSingleton(_folder)
            .AddSingleton(catalog)
            .AddSingleton(time)
            .AddSingleton(_operator)
            .AddSingleton<ITrialStore>(store)
            .AddSingleton(CreateWork)
            .AddSingleton(services => CoordinatorSystem.Open(
                services.GetRequiredService<ActorSystem>(), services.GetRequiredService<CoordinatorWork>(), _operator.Say))
            .AddSingleton(services => services.GetRequiredService<OpenCluster>().Coordinator)
            .AddSingleton<ClusterControl>()
            .AddSingleton(_ => new Courier(
                store, sweep => StoredSweeps.FileOf(sweep, catalog).Spec.Notify, time, Environment.GetEnvironmentVariable, _operator.Say))
            .AddSingleton(Probe)
            .AddReadiness("store", FindStoreFault)
            .AddAkka(ClusterConfig.SystemName, akka => Configure(akka, tls))
            .AddSingleton<ClusterWork>()
            .AddHostedService(services => services.GetRequiredService<ClusterWork>());
        if (tls is not null) builder.Services.AddHostedService(_ => new CertificateWatch(tls.GoodUntil, options.Files!.Certificate, _operator, time));
        return builder.Build();
    }

    private void Configure(AkkaConfigurationBuilder akka, ClusterTls? tls)
    {
        akka.AddHocon(ClusterConfig.ForCoordinator(options.At, tls is not null), HoconAddMode.Prepend).AddStartup((system, _) => ClusterSystems.KeepUp(system));
        if (tls is not null) akka.AddSetup(tls.Setup);
    }

    private CoordinatorWork CreateWork(IServiceProvider services) => new(
        new ClusterMachine(isStanding: true, EngineFacts.WeightsOf), services.GetRequiredService<ITrialStore>(),
        new CheckpointFolder(_folder.Checkpoints), time)
    {
        OnAppended = services.GetRequiredService<CoordinatorMeter>().Appended,
        HasCheckpoint = checkpoint => new FileInfo(_folder.PathOf(checkpoint)) is { Exists: true, Length: var bytes } && bytes == checkpoint.Bytes,
    };

    private static TelemetryProbes Probe(IServiceProvider services)
    {
        var (work, cluster) = (services.GetRequiredService<CoordinatorWork>(), services.GetRequiredService<OpenCluster>());
        return new TelemetryProbes(() => work.BusyFor, () => work.Machine.Dropped, () => cluster.Links.Refused);
    }

    // A store that can't be written ends the process; this warns before.
    private string? FindStoreFault()
    {
        var free = new DriveInfo(Path.GetFullPath(_folder.Path)).AvailableFreeSpace >> 20;
        return free < LeastFreeMegabytes ? $"{_folder}: {free} MB are free on its disk, should be at least {LeastFreeMegabytes}" : null;
    }
}
