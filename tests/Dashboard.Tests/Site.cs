using FashionSweep.Cluster.Tests;
using FashionSweep.Shared.Http;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(FashionSweep.Dashboard.Tests.Site))]

namespace FashionSweep.Dashboard.Tests;

/// <summary>A coordinator with its dashboard, a node and a browser: once for all tests, and none of them where no test asks.</summary>
public sealed class Site : IAsyncDisposable
{
    /// <summary>What the coordinator asks for.</summary>
    public const string Token = "only-for-the-tests";

    /// <summary>Trained before the first test that asks.</summary>
    public const string Trained = "trained";

    private readonly LiveCluster _cluster = new() { Variables = { [AccessToken.Variable] = Token } };
    private readonly Lazy<Task<(string Address, IBrowser Browser)>> _opened;
    private readonly Lazy<Task> _trained;
    private IPlaywright? _playwright;

    public Site() => (_opened, _trained) = (new(OpenAsync), new(TrainAsync));

    internal LiveCluster Cluster => _cluster;

    public Task TrainedAsync() => _trained.Value;

    /// <summary>Takes a sweep up.</summary>
    public async Task SubmitAsync(string name, string text)
    {
        await _opened.Value;
        await _cluster.SubmitAsync(_cluster.Fsweep.Write($"{name}.yaml", text));
    }

    /// <summary>Opens a page in a window of its own.</summary>
    /// <param name="query">What stands behind the address, as <c>?page=nodes</c>.</param>
    internal async Task<Visit> OpenAsync(string query, BrowserNewContextOptions? window = null, string? token = Token)
    {
        var context = await WindowAsync(window ?? new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        if (token is not null) await context.AddInitScriptAsync($"sessionStorage.setItem('fashionsweep.token', '{token}')");
        return await Visit.OpenAsync(context, (await _opened.Value).Address, query);
    }

    /// <summary>Opens a file in a window of its own.</summary>
    internal async Task<Visit> OpenFileAsync(string path, BrowserNewContextOptions window) =>
        await Visit.OpenAsync(await WindowAsync(window), new Uri(Path.GetDirectoryName(path)!).AbsoluteUri, Path.GetFileName(path));

    public async ValueTask DisposeAsync()
    {
        if (_opened.IsValueCreated && _opened.Value.IsCompletedSuccessfully) await (await _opened.Value).Browser.CloseAsync();
        _playwright?.Dispose();
        _cluster.Dispose();
    }

    private async Task<IBrowserContext> WindowAsync(BrowserNewContextOptions window)
    {
        var context = await (await _opened.Value).Browser.NewContextAsync(window);
        // A busy machine takes its time.
        context.SetDefaultTimeout((float)LiveCluster.Patience.TotalMilliseconds);
        return context;
    }

    private async Task<(string Address, IBrowser Browser)> OpenAsync()
    {
        Assertions.SetDefaultExpectTimeout((float)LiveCluster.Patience.TotalMilliseconds);
        var address = _cluster.StartListeningCoordinator();
        _cluster.StartNode("a", "--slots", "2");
        _playwright = await Playwright.CreateAsync();
        var browser = await Chromium.LaunchAsync(_playwright);
        await _cluster.ComesUpAsync();
        return (address, browser);
    }

    private async Task TrainAsync()
    {
        await SubmitAsync(Trained, SweepTexts.Four(Trained));
        await _cluster.EndsAsync(Trained);
    }
}
