using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Parameters;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>What the dashboard's routes answer from.</summary>
/// <param name="place">The store's.</param>
/// <param name="store">Takes notes; null: nothing is changed from here.</param>
/// <param name="data">Folder of the data set; null to look where it usually lies.</param>
/// <param name="run">Names this process among those that served the store.</param>
/// <param name="log">Gets what fails here, for the operator. From any thread.</param>
internal sealed class DashboardSource(
    IStorePlace place, ICoordinatorControl control, ITrialStore? store, ParameterCatalog catalog, string? data, string run, TimeProvider clock,
    Action<string> log)
{
    /// <summary>In a request that comes by way of a page that only looks on.</summary>
    public const string ReadOnlyHeader = "Read-Only";

    private readonly ChangedTrials _changed = new();

    public IStorePlace Place => place;

    public ICoordinatorControl Control => control;

    public ITrialStore? Store => store;

    public ParameterCatalog Catalog => catalog;

    public TimeProvider Clock => clock;

    public SweepCards Cards => field ??= new SweepCards(control);

    public TrialTables Tables => field ??= new TrialTables(place, catalog, _changed, run);

    public Importances Importances => field ??= new Importances(Tables, catalog);

    public EventFeed Feed { get; } = new(run);

    public DashboardNews News => field ??= new DashboardNews(place, control, Cards, Tables, _changed, Feed, clock, log);

    public TrialModels Models { get; } = new(place, data);

    /// <summary>Read when somebody wants to know.</summary>
    public Lazy<DataPage> Data { get; } = new(() => DataPage.Read(data));

    public bool IsReadOnlyFor(HttpContext context) => store is null || context.Request.Headers.ContainsKey(ReadOnlyHeader);
}
