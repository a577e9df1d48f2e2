using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web;
using FashionSweep.Coordinator.Web.Dashboard;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Web.Dashboard;

/// <summary>A coordinator with a dashboard, over a small store, at an address of this machine.</summary>
public abstract class ServedDashboard : IAsyncLifetime
{
    protected const string Token = "a-token-of-the-tests";

    private const string Source = """
        name: quick
        method: random
        run_cap: 4
        parameters:
          optimizer: {values: [sgd, adam]}
          learning_rate: {distribution: log_uniform_values, min: 0.0001, max: 1}
          momentum: {min: 0.1, max: 0.9}
          epochs: 3
        """;

    private readonly TemporaryStore _temporary = new();
    private readonly List<IAsyncDisposable> _listeners = [];

    protected StoreFolder Folder => _temporary.Folder;

    protected LiteStore Store { get; private set; } = null!;

    private protected FakeControl Control { get; } = new() { IsStanding = true };

    private protected DashboardApi Dashboard { get; private set; } = null!;

    protected HttpClient Client { get; private set; } = null!;

    protected List<string> Log { get; } = [];

    public async ValueTask InitializeAsync()
    {
        Store = LiteStore.OpenForWriting(Folder);
        Store.Add(Sweep() with { Source = Source });
        Store.Append(
        [
            Started(Lease(1), Trial(1, "sgd", 0.123456789, 0.5), 1), Ended(Lease(1), Epoch(1), 2), Ended(Lease(1), Epoch(2, 0.85), 3),
            Completed(Lease(1), Result(0.8), 4), Started(Lease(2), Trial(2, "adam", 0.01, 0.9), 2), Completed(Lease(2), Result(0.9), 6),
            Started(Lease(3), Trial(3, "adam", 0.02, 0.2), 5), Failed(Lease(3), second: 7), Started(Lease(4), Trial(4, "sgd", 0.5, 0.1), 7),
        ]);
        Dashboard = CreateDashboard();
        Client = await ListenAsync(Map);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Dashboard.Dispose();
        foreach (var listener in _listeners) await listener.DisposeAsync();
        Store.Dispose();
        _temporary.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected DashboardApi CreateDashboard() => new(Folder, Control, Store, TrainerCatalog.Parameters, data: null, TimeProvider.System, Log.Add);

    private protected void Map(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder routes) =>
        new CoordinatorApi(Control, Folder, TimeProvider.System, Dashboard).MapWithPage(routes);

    /// <summary>At an address of its own, until the test ends.</summary>
    private protected async Task<HttpClient> ListenAsync(Action<Microsoft.AspNetCore.Routing.IEndpointRouteBuilder> map, string? token = null)
    {
        var options = WebOptions.Parse("http://127.0.0.1:0", null, null, insecure: false, name => name == AccessToken.Variable ? token : null);
        return Reach(await WebListener.StartAsync(options, map, Log.Add));
    }

    private protected HttpClient Reach(WebListener listener)
    {
        _listeners.Add(listener);
        return new HttpClient { BaseAddress = listener.Address };
    }

    protected static TrialSpec Trial(int number, string optimizer, double rate, double momentum) =>
        Spec(number, ("optimizer", optimizer), ("learning_rate", rate), ("momentum", momentum), ("epochs", 3L));

    protected Task<JsonNode> GetAsync(string path) => GetAsync(Client, path);

    protected static async Task<JsonNode> GetAsync(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync($"v1/dashboard/{path}"))!;

    /// <summary>Stores it, and tells the dashboard as a coordinator does.</summary>
    protected void Happens(params IReadOnlyList<SweepEvent> events)
    {
        Store.Append(events);
        foreach (var happened in events) Dashboard.On(happened);
    }

    protected static Task<HttpResponseMessage> MarkAsync(HttpClient client, int number, object mark) =>
        client.PutAsJsonAsync($"v1/dashboard/mark?sweep=quick&number={number}", mark);

    protected static void Bear(HttpClient client, string token) => client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    protected static IEnumerable<T> Values<T>(JsonNode? array) => array!.AsArray().Select(value => value is null ? default! : value.GetValue<T>());
}
