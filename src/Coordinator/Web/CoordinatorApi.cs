using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Web.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web;

/// <summary>All that a coordinator answers to, alike on its socket and at its address. What is turned down is answered as <see cref="Problem"/> says.</summary>
/// <param name="further">Adds what else there is to be asked.</param>
/// <param name="dashboard">Of its store; null: it has none.</param>
internal sealed class CoordinatorApi(
    ICoordinatorControl control, StoreFolder folder, TimeProvider clock, DashboardApi? dashboard = null, Action<IEndpointRouteBuilder>? further = null)
{
    // Of both: one upload of a file is in work at a time, whichever way it comes.
    private readonly CheckpointRoutes _checkpoints = CheckpointRoutes.At(folder, clock, new CheckpointGate(folder).Admits);

    public void Map(IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/v1");
        new ControlRoutes(control, folder).Map(v1);
        new RecordRoutes(folder).Map(v1);
        new StoreRoutes(folder).Map(v1);
        _checkpoints.Map(v1);
        new PluginRoutes(folder).Map(v1);
        dashboard?.Map(v1);
        OpenApiPage.Map(routes, "FashionSweep coordinator");
        further?.Invoke(routes);
    }

    /// <summary>The same, and the page for browsers.</summary>
    public void MapWithPage(IEndpointRouteBuilder routes)
    {
        Map(routes);
        DashboardApi.MapPage(routes);
    }
}
