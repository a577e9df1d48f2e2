using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Parameters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>The dashboard of the store that a coordinator works on in this process: what its page asks, and whom it tells what happens.</summary>
public sealed class DashboardApi : IDisposable
{
    private readonly DashboardSource _source;
    private readonly ITimer _telling;

    /// <param name="data">Folder of the data set; null to look where it usually lies.</param>
    /// <param name="log">Gets what fails here, for the operator. From any thread.</param>
    public DashboardApi(
        StoreFolder folder, ICoordinatorControl control, ITrialStore store, ParameterCatalog catalog, string? data, TimeProvider clock, Action<string> log)
    {
        _source = new DashboardSource(folder, control, store, catalog, data, $"{clock.GetUtcNow().UtcTicks:x}", clock, log);
        _telling = clock.CreateTimer(_ => _source.News.Tell(), null, DashboardNews.Period, DashboardNews.Period);
    }

    /// <summary>To be told of each event after it was stored, in order.</summary>
    public void On(SweepEvent happened) => _source.News.On(happened);

    /// <param name="v1">Where a coordinator's paths begin.</param>
    public void Map(IEndpointRouteBuilder v1) => Map(v1, () => _source);

    /// <summary>The page itself, for browsers.</summary>
    public static void MapPage(IEndpointRouteBuilder routes)
    {
        PageRoutes.MapStored(routes, "/", "DashboardPage/index.html");
        PageRoutes.MapStored(routes, "/assets/icon.svg", "DashboardPage/icon.svg");
        // In one piece: a browser would ask for some hundred modules one after the other, as it comes to know of them.
        PageRoutes.MapMade(routes, "/assets/page.js", () => ProgramName.In(PageBundle.Script("main.js")));
        PageRoutes.MapMade(routes, "/assets/page.css", () => PageBundle.Style("base.css", "sweep.css", "pages/pages.css"));
    }

    public void Dispose()
    {
        _telling.Dispose();
        _source.News.Stop();
    }

    internal static void Map(IEndpointRouteBuilder v1, Func<DashboardSource> current)
    {
        var dashboard = v1.MapGroup("/dashboard").WithTags("dashboard").AddEndpointFilterFactory(QueryRules.Check)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        new DashboardRoutes(current).Map(dashboard);
        new TrialRoutes(current).Map(dashboard);
    }
}
