using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace FashionSweep.Dashboard.Tests;

/// <summary>A page in a window of its own, and what it complained of.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly string[] Grave = ["serious", "critical"];

    private readonly List<string> _complaints = [];
    private readonly List<string> _strangers = [];
    private readonly IBrowserContext _context;
    private readonly string _address;

    private Visit(IBrowserContext context, IPage page, string address)
    {
        (_context, Page, _address) = (context, page, address);
        page.Console += (_, said) =>
        {
            if (said.Type is "error" or "warning") _complaints.Add(said.Text);
        };
        page.PageError += (_, fault) => _complaints.Add(fault);
        page.Request += (_, asked) =>
        {
            if (!asked.Url.StartsWith(address, StringComparison.Ordinal) && !asked.Url.StartsWith("data:", StringComparison.Ordinal)) _strangers.Add(asked.Url);
        };
    }

    public IPage Page { get; }

    public static async Task<Visit> OpenAsync(IBrowserContext context, string address, string query)
    {
        var visit = new Visit(context, await context.NewPageAsync(), address);
        await visit.GoAsync(query);
        return visit;
    }

    public Task GoAsync(string query) => Page.GotoAsync($"{_address}/{query}");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Heading(string text) => Page.GetByRole(AriaRole.Heading, new() { Name = text });

    /// <summary>Nothing in the console, and no other host was asked.</summary>
    /// <param name="but">What may have been said, since the test has done it.</param>
    public void ShouldBeQuiet(string? but = null)
    {
        _complaints.Where(said => but is null || !said.Contains(but, StringComparison.Ordinal)).ShouldBeEmpty();
        _strangers.ShouldBeEmpty();
    }

    /// <summary>As it stands now: axe finds nothing grave, and it is no wider than its window.</summary>
    /// <param name="where">Names the state, where it fails.</param>
    public async Task ShouldBeReadableAsync(string where)
    {
        var found = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        found.Violations.Where(fault => Grave.Contains(fault.Impact))
            .Select(fault => $"{where}: {fault.Help}: {string.Join("; ", fault.Nodes.Select(node => node.Html))}").ShouldBeEmpty();
        var over = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        over.ShouldBeLessThanOrEqualTo(0, $"{where} is wider than its window");
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
