using System.Net;
using System.Text.Json.Nodes;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Coordinator.Web.Dashboard;
using FashionSweep.Shared.Http;
using FashionSweep.Training.Configuration;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>The document says what the routes are, and cannot fall behind them.</summary>
public sealed class OpenApiPageTests : IAsyncLifetime
{
    private const string Token = "a-token-of-the-tests";

    private readonly TemporaryStore _temporary = new();
    private IEndpointRouteBuilder _routes = null!;
    private LiteStore _store = null!;
    private DashboardApi _dashboard = null!;
    private WebListener _listener = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var control = new FakeControl();
        _store = LiteStore.OpenForWriting(_temporary.Folder);
        _dashboard = new DashboardApi(_temporary.Folder, control, _store, TrainerCatalog.Parameters, data: null, TimeProvider.System, _ => { });
        var api = new CoordinatorApi(control, _temporary.Folder, TimeProvider.System, _dashboard);
        var token = AccessToken.Read(name => name == AccessToken.Variable ? Token : null, [])!;
        _listener = await WebListener.StartAsync(new WebOptions(new Uri("http://127.0.0.1:0"), token), routes =>
        {
            _routes = routes;
            api.Map(routes);
        }, _ => { });
        _client = new CoordinatorAddress(_listener.Address, token).Connect();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _listener.DisposeAsync();
        _dashboard.Dispose();
        _store.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task EveryRouteIsInItWithWhatItTakesAndGives()
    {
        var paths = (await ReadAsync())["paths"]!;

        var routes = _routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal)).ToList();
        routes.Count.ShouldBe(33);
        foreach (var route in routes)
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)
            {
                var (name, path) = ($"{method} {route.RoutePattern.RawText}", paths[route.RoutePattern.RawText!]);
                var operation = path?[method.ToLowerInvariant()].ShouldNotBeNull(name);
                operation!["summary"]!.GetValue<string>().ShouldNotBeNullOrEmpty(name);
                operation["responses"]!["200"]!["content"]!.AsObject().ShouldAllBe(content => content.Value!["schema"]!.AsObject().Count > 0, name);
                (operation["requestBody"] is not null).ShouldBe(
                    method is "PUT" || method is "POST" && !name.EndsWith("/drain", StringComparison.Ordinal), name);
            }
    }

    [Theory]
    [InlineData("/v1/sweeps", "Submission", "ControlAnswer")]
    [InlineData("/v1/sweeps/{name}", "SweepCommand", "ControlAnswer")]
    [InlineData("/v1/status", null, "CoordinatorStatus")]
    [InlineData("/v1/records/trials", null, "RecordsPageOfTrialRecord")]
    public async Task TypesAreNamed(string path, string? taken, string given)
    {
        var document = await ReadAsync();
        var operation = document["paths"]![path]![taken is null ? "get" : "post"]!;

        operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>().ShouldBe($"#/components/schemas/{given}");
        operation["requestBody"]?["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>().ShouldBe($"#/components/schemas/{taken}");
        document["components"]!["schemas"]![given].ShouldNotBeNull();
    }

    [Fact]
    public async Task RefusalsAreProblems() => (await ReadAsync())["paths"]!["/v1/sweeps/{name}"]!["post"]!["responses"]!.AsObject().ShouldSatisfyAllConditions(
        responses => responses["400"]!["content"]!["application/problem+json"].ShouldNotBeNull(),
        responses => responses["409"]!["content"]!["application/problem+json"].ShouldNotBeNull());

    [Fact]
    public async Task AQuerysValuesAreInIt() => (await ReadAsync())["paths"]!["/v1/records/epochs"]!["get"]!["parameters"]!.AsArray()
        .Select(parameter => $"{parameter!["name"]} {parameter["in"]} {parameter["required"]}")
        .ShouldBe(["sweep query true", "number query true", "attempt query true"]);

    [Fact]
    public async Task ItIsForWhoBearsTheTokenOnly()
    {
        using var stranger = new HttpClient { BaseAddress = _listener.Address };

        (await stranger.GetAsync("/openapi/v1.json")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<JsonNode> ReadAsync() => JsonNode.Parse(await _client.GetStringAsync("openapi/v1.json"))!;
}
