using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Parameters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>
/// The dashboard of a store that another process may work on: its coordinator's while one runs, else of its files at rest. It changes nothing.
/// </summary>
/// <param name="coordinator">Who works on it; may not run.</param>
/// <param name="data">Folder of the data set; null to look where it usually lies.</param>
/// <param name="log">Gets what fails here, for the operator. From any thread.</param>
public sealed class OnlookingDashboard(
    IStorePlace place, CoordinatorClient coordinator, ParameterCatalog catalog, string? data, TimeProvider clock, Action<string> log) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly LookingOn _control = new();
    private (string Stamp, DashboardSource Source)? _current;
    private ITimer? _looking;

    /// <summary>Serves it at a TCP address until that is disposed of.</summary>
    /// <exception cref="ListenException">It can't listen there.</exception>
    public async Task<WebListener> ListenAsync(WebOptions options)
    {
        _looking = clock.CreateTimer(_ => Current(), null, Period, Period);
        var listener = await WebListener.StartAsync(options, Map, log, WebServer.Dashboard);
        if (IsAtRest) _ = Task.Run(() => Rehearsal.AskAsync(listener.Address, options, Newest()));
        return listener;
    }

    public void Dispose() => _looking?.Dispose();

    private bool IsAtRest => place.Folder is { } folder && IsAtRestIn(folder);

    // What can't be read is told to who asks for it.
    private string? Newest()
    {
        try
        {
            using var records = place.Open();
            return records.Sweeps() is [.., { Name: var newest }] ? newest : null;
        }
        catch (StoreException)
        {
            return null;
        }
    }

    private void Map(IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/v1").AddEndpointFilter(PassOnAsync);
        DashboardApi.Map(v1, Current);
        new ControlRoutes(_control, place.Folder).Map(v1);
        if (place.Folder is { } folder) CheckpointRoutes.At(folder, clock).MapReading(v1);
        DashboardApi.MapPage(routes);
        OpenApiPage.Map(routes, "FashionSweep dashboard");
    }

    // What only looks is asked of who works on the store; what would change something is told how it is done.
    private async ValueTask<object?> PassOnAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) && !IsAtRest && await coordinator.PassOnAsync(http, place.Folder is null)) return TypedResults.Empty;
        try
        {
            return await next(context);
        }
        catch (StoreInUseException taken)
        {
            // A coordinator that takes it up does not answer yet.
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, taken.Message);
        }
    }

    private static bool IsAtRestIn(StoreFolder folder) => !File.Exists(ControlSocket.PathIn(folder));

    // Another store than before is another source, under whose name nothing of the old one goes on.
    private DashboardSource Current()
    {
        lock (_gate)
        {
            var stamp = StampOf(place.Folder);
            if (_current is var (known, source) && known == stamp) return source;
            _current?.Source.Feed.Close();
            source = new DashboardSource(place, _control, store: null, catalog, data, $"rest{clock.GetUtcNow().UtcTicks:x}", clock, log);
            _current = (stamp, source);
            return source;
        }
    }

    private static string StampOf(StoreFolder? folder)
    {
        if (folder is null) return "";
        var files = new[] { folder.Database, Path.ChangeExtension(folder.Database, ".litedb-log") }.Select(path => new FileInfo(path))
            .Select(file => file.Exists ? $"{file.LastWriteTimeUtc.Ticks} {file.Length}" : "");
        return string.Join('\n', [.. files, IsAtRestIn(folder) ? "" : "in work"]);
    }
}
