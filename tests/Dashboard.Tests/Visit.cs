using Microsoft.Playwright;

namespace FashionSweep.Dashboard.Tests;

/// <summary>A page in a window of its own, and what it complained of.</summary>
internal sealed class Visit : IAsyncDisposable
{
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

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
