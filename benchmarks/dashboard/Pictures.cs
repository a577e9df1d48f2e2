using Microsoft.Playwright;

namespace FashionSweep.Dashboard.Benchmarks;

/// <summary>Takes the pictures of the documentation: of a store with a sweep that has ended, and of nodes while a short sweep runs on this machine.</summary>
internal static class Pictures
{
    private static readonly Screen Wide = new("wide", 1440, 900);
    private static readonly Screen Phone = new("phone", 390, 844);

    public static async Task TakeAsync(string store, string sweepFile, string folder)
    {
        Directory.CreateDirectory(folder);
        await using (var shown = await Shown.OpenAsync("dashboard", "--store", store, "--listen", "http://127.0.0.1:0"))
        {
            var (sweep, best) = await FindAsync(shown);
            var others = string.Join(',', Enumerable.Range(1, 3).Where(number => number != best).Take(2));
            await TakeAsync(shown, folder, new("sweeps", "", ".sweep-list li"));
            await TakeAsync(shown, folder, new("sweep", $"?page=sweep&sweep={sweep}", "[data-chart=curves] .said:not(:empty)"));
            await TakeAsync(shown, folder, new("trial", $"?page=trial&sweep={sweep}&trial={best}", ".mistake-list li"));
            await TakeAsync(shown, folder, new("compare", $"?page=compare&sweep={sweep}&trials={best},{others}", ".compared"));
            await TakeAsync(shown, folder, new("data", "?page=data", ".class-list li"));
            await TakeAsync(shown, folder, new("new", $"?page=new&from={sweep}", ".plan .tiles"));
        }
        var empty = Directory.CreateTempSubdirectory("fsweep-bench-");
        await using (var running = await Shown.OpenAsync("run", sweepFile, "--store", empty.FullName, "--dashboard", "127.0.0.1:0"))
            await TakeAsync(running, folder, new("nodes", "?page=nodes", "text=an hour"));
        empty.Delete(recursive: true);
    }

    /// <summary>A page as a wide screen and as a phone has it, light and dark.</summary>
    private static async Task TakeAsync(Shown shown, string folder, Sought sought)
    {
        foreach (var screen in new[] { Wide, Phone })
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
                await TakeAsync(shown, folder, sought, screen, scheme);
    }

    private static async Task TakeAsync(Shown shown, string folder, Sought sought, Screen screen, ColorScheme scheme)
    {
        await using var context = await shown.Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            IsMobile = screen == Phone,
            HasTouch = screen == Phone,
        });
        context.SetDefaultTimeout((float)TimeSpan.FromMinutes(3).TotalMilliseconds);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{shown.Address}/{sought.Query}");
        await page.Locator(sought.Last).First.WaitForAsync();
        // The charts beside it are drawn in frames of their own.
        await page.EvaluateAsync("new Promise(done => setTimeout(done, 1500))");
        var file = $"dashboard-{sought.Name}-{screen.Name}-{(scheme == ColorScheme.Light ? "light" : "dark")}.png";
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, file) });
        Console.WriteLine(file);
    }

    private static async Task<(string Sweep, int Best)> FindAsync(Shown shown)
    {
        await using var context = await shown.Browser.NewContextAsync();
        var said = await context.APIRequest.GetAsync($"{shown.Address}/v1/dashboard/sweeps");
        var sweep = (await said.JsonAsync())!.Value.GetProperty("sweeps")[0];
        return (sweep.GetProperty("name").GetString()!, sweep.GetProperty("best").GetProperty("trial").GetInt32());
    }

    private sealed record Screen(string Name, int Width, int Height);

    /// <param name="Last">What is there when all of the page is.</param>
    private sealed record Sought(string Name, string Query, string Last);
}
