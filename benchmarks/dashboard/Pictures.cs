using Microsoft.Playwright;

namespace FashionSweep.Dashboard.Benchmarks;

/// <summary>Takes the pictures of the documentation: each page of a store with one sweep, light and dark, on a wide screen and on a phone.</summary>
internal static class Pictures
{
    private static readonly (string Name, int Width, int Height)[] Screens = [("wide", 1440, 900), ("phone", 390, 844)];

    public static async Task TakeAsync(string store, string folder)
    {
        Directory.CreateDirectory(folder);
        await using var shown = await Shown.OpenAsync(store);
        var (sweep, best) = await FindAsync(shown);
        var pages = new (string Name, string Query, string Last)[]
        {
            ("sweeps", "", ".sweep-list li"),
            ("sweep", $"?page=sweep&sweep={sweep}", "[data-chart=parallel] canvas"),
            ("trial", $"?page=trial&sweep={sweep}&trial={best}", ".mistake-list li"),
            ("compare", $"?page=compare&sweep={sweep}&trials={best},{(best == 1 ? 2 : 1)},3", ".compared"),
            ("data", "?page=data", ".class-list li"),
            ("new", $"?page=new&from={sweep}", ".plan .tiles"),
        };
        foreach (var (screen, width, height) in Screens)
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await using var context = await shown.Browser.NewContextAsync(new()
                {
                    ViewportSize = new() { Width = width, Height = height },
                    ColorScheme = scheme,
                    ReducedMotion = ReducedMotion.Reduce,
                });
                var page = await context.NewPageAsync();
                foreach (var (name, query, last) in pages)
                {
                    await page.GotoAsync($"{shown.Address}/{query}");
                    await page.Locator(last).First.WaitForAsync();
                    // Its charts are drawn in the frames after.
                    await page.EvaluateAsync("new Promise(done => setTimeout(done, 700))");
                    var file = $"dashboard-{name}-{screen}-{(scheme == ColorScheme.Light ? "light" : "dark")}.png";
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, file) });
                    Console.WriteLine(file);
                }
            }
    }

    private static async Task<(string Sweep, int Best)> FindAsync(Shown shown)
    {
        await using var context = await shown.Browser.NewContextAsync();
        var said = await context.APIRequest.GetAsync($"{shown.Address}/v1/dashboard/sweeps");
        var sweep = (await said.JsonAsync())!.Value.GetProperty("sweeps")[0];
        return (sweep.GetProperty("name").GetString()!, sweep.GetProperty("best").GetProperty("trial").GetInt32());
    }
}
