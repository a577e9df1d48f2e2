using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Web;
using FashionSweep.Coordinator.Web.Dashboard;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Cli.Steering;

/// <summary><c>fsweep dashboard</c>: a store as a page in the browser, at rest or while a coordinator works on it.</summary>
internal sealed class DashboardCommand
{
    private const string Description = """
        Shows a store as a page in the browser, until it is stopped: sweeps, trials, charts
        While a coordinator works on the store its page is live. It changes nothing: fsweep run
        --dashboard and fsweep coordinator --listen show a page that does.

          ./fsweep dashboard                           here, at http://127.0.0.1:8420
          ./fsweep dashboard --store DIR --listen http://127.0.0.1:0
          ./fsweep dashboard --listen https://0.0.0.0:8443 --certificate server.pem --key server.key

        The token comes from the environment: FSWEEP_TOKEN holds it, or FSWEEP_TOKEN_FILE the path of a file that does.
        """;

    private readonly Option<string?> _data = DataOption.Create();
    private readonly ServerOptions _server = new($"http://{DashboardOption.Usual}");

    public static Command Create(ParameterCatalog catalog) => new DashboardCommand().Build(catalog);

    private Command Build(ParameterCatalog catalog)
    {
        var command = new Command("dashboard", Description);
        _server.AddTo(command);
        command.Options.Add(_data);
        _server.Reach.AddTo(command);
        command.SetAction((arguments, _) =>
        {
            var web = _server.Read(arguments);
            return CtrlC.EndsAsync(stop => ServeAsync(arguments, web, catalog, stop));
        });
        return command;
    }

    private async Task ServeAsync(ParseResult arguments, WebOptions web, ParameterCatalog catalog, CancellationToken stop)
    {
        var (streams, place) = (arguments.InvocationConfiguration, _server.Reach.PlaceOf(arguments));
        // Whether there is anything to show is known before a browser asks.
        using (var records = place.Open(stop)) records.Sweeps();
        using var coordinator = _server.Reach.CoordinatorOf(arguments);
        using var dashboard = new OnlookingDashboard(
            place, coordinator, catalog, arguments.GetValue(_data), TimeProvider.System, line => streams.Error.WriteLine($"fsweep: {ShownText.Of(line)}"));
        await using var listener = await dashboard.ListenAsync(web);
        streams.Output.WriteLine($"{place} as a page: {listener.Address}{(web.Token is null ? "" : ", which asks for the token")}");
        streams.Output.WriteLine("It looks on and changes nothing. Ctrl-C ends it.");
        await Task.Delay(Timeout.Infinite, stop);
    }
}
