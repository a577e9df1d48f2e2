namespace FashionSweep.Dashboard.Benchmarks;

/// <summary>What a page keeps that is left open while a sweep runs: its memory, every half minute until the sweep ends.</summary>
internal static class LongLook
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    public static async Task MeasureAsync(string sweepFile)
    {
        var folder = Directory.CreateTempSubdirectory("fsweep-bench-");
        await using (var shown = await Shown.OpenAsync("run", sweepFile, "--store", folder.FullName, "--dashboard", "127.0.0.1:0"))
        {
            await using var context = await shown.Browser.NewContextAsync();
            var page = await context.NewPageAsync();
            var devtools = await context.NewCDPSessionAsync(page);
            await page.GotoAsync(shown.Address);
            await page.Locator(".sweep-list li a").First.ClickAsync();
            await page.WaitForSelectorAsync(".leaderboard");
            var since = TimeProvider.System.GetTimestamp();
            while (!shown.HasEnded)
            {
                var trials = await page.Locator(".standing b").First.InnerTextAsync();
                Console.WriteLine(
                    $"  {TimeProvider.System.GetElapsedTime(since).TotalSeconds,5:N0} s, {trials} trials: {await Figures.HeapAsync(devtools)}");
                await Task.WhenAny(shown.EndAsync, Task.Delay(Pause));
            }
        }
        folder.Delete(recursive: true);
    }
}
