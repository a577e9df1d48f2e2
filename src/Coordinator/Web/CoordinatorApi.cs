using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web;

/// <summary>All that a coordinator answers to, alike on its socket and at its address. What is turned down is answered as <see cref="Problem"/> says.</summary>
/// <param name="further">Adds what else there is to be asked.</param>
internal sealed class CoordinatorApi(ICoordinatorControl control, StoreFolder folder, TimeProvider clock, Action<IEndpointRouteBuilder>? further = null)
{
    // Of both: one upload of a file is in work at a time, whichever way it comes.
    private readonly CheckpointRoutes _checkpoints = new(folder.Checkpoints, clock, admits: new CheckpointGate(folder).Admits, inside: InsideOf(folder));

    public void Map(IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/v1");
        new ControlRoutes(control, folder).Map(v1);
        new RecordRoutes(folder).Map(v1);
        new StoreRoutes(folder).Map(v1);
        _checkpoints.Map(v1);
        new PluginRoutes(folder).Map(v1);
        OpenApiPage.Map(routes, "FashionSweep coordinator");
        further?.Invoke(routes);
    }

    private static Func<Checkpoint, byte[]?> InsideOf(StoreFolder folder) => checkpoint =>
    {
        using var records = folder.Open();
        return records.BytesOf(checkpoint);
    };
}
