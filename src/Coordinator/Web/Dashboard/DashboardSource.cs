using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Parameters;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>What the dashboard's routes answer from.</summary>
internal sealed class DashboardSource
{
    /// <summary>In a request that comes by way of a page that only looks on.</summary>
    public const string ReadOnlyHeader = "Read-Only";

    /// <param name="place">The store's.</param>
    /// <param name="store">Takes notes; null: nothing is changed from here.</param>
    /// <param name="data">Folder of the data set; null to look where it usually lies.</param>
    /// <param name="run">Names this process among those that served the store.</param>
    /// <param name="log">Gets what fails here, for the operator. From any thread.</param>
    public DashboardSource(
        IStorePlace place, ICoordinatorControl control, ITrialStore? store, ParameterCatalog catalog, string? data, string run, TimeProvider clock,
        Action<string> log)
    {
        var changed = new ChangedTrials();
        (Place, Control, Store, Catalog, Clock) = (place, control, store, catalog, clock);
        Cards = new SweepCards(control);
        Tables = new TrialTables(place, catalog, changed, run);
        Importances = new Importances(Tables, catalog);
        Feed = new EventFeed(run);
        News = new DashboardNews(place, control, Cards, Tables, changed, Feed, clock, log);
        Models = new TrialModels(place, data);
        Data = new Lazy<DataPage>(() => DataPage.Read(data));
    }

    public IStorePlace Place { get; }

    public ICoordinatorControl Control { get; }

    public ITrialStore? Store { get; }

    public ParameterCatalog Catalog { get; }

    public TimeProvider Clock { get; }

    public SweepCards Cards { get; }

    public TrialTables Tables { get; }

    public Importances Importances { get; }

    public EventFeed Feed { get; }

    public DashboardNews News { get; }

    public TrialModels Models { get; }

    /// <summary>Read when somebody wants to know.</summary>
    public Lazy<DataPage> Data { get; }

    public bool IsReadOnlyFor(HttpContext context) => Store is null || context.Request.Headers.ContainsKey(ReadOnlyHeader);
}
