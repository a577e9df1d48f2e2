using FashionSweep.Coordinator.Storage;
using Microsoft.Playwright;

namespace FashionSweep.Dashboard.Benchmarks;

/// <summary>
/// What the page of a sweep with many trials costs: its first view, a brush, its memory, its bytes. Processor time is that of the page's own thread, which
/// other work on the machine does not change; a frame's is from the pointer's event to the paint after it, by the clock.
/// </summary>
internal static class Figures
{
    private const int Moves = 60;

    // From the event to the frame after the one that it asked for: what was drawn is on the screen then.
    private const string WatchFrames = """
        window.frames = [];
        const painted = moved => window.frames.push(performance.now() - moved.timeStamp);
        document.addEventListener('pointermove', moved => requestAnimationFrame(() => setTimeout(painted, 0, moved)), true);
        """;

    /// <param name="trials">As many are generated.</param>
    public static async Task MeasureAsync(int trials)
    {
        var folder = Directory.CreateTempSubdirectory("fsweep-bench-");
        GeneratedStore.Write(new StoreFolder(folder.FullName), trials);
        Console.WriteLine($"{trials:N0} trials");
        await MeasureAsync(folder.FullName);
        folder.Delete(recursive: true);
    }

    /// <param name="store">One that was generated before.</param>
    public static async Task MeasureAsync(string store)
    {
        await using var shown = await Shown.OpenAsync("dashboard", "--store", store, "--listen", "http://127.0.0.1:0");
        // The second view is that of a server which has read the store; the first, after it has started.
        foreach (var view in new[] { "first view, the server just started", "a view after it" }) await MeasureAsync(shown, view);
    }

    private static async Task MeasureAsync(Shown shown, string view)
    {
        await using var context = await shown.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        var devtools = await context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Performance.enable", new Dictionary<string, object> { ["timeDomain"] = "threadTicks" });
        await devtools.SendAsync("Network.enable");
        var (bytes, largest) = (0.0, 0.0);
        devtools.Event("Network.loadingFinished").OnEvent += (_, loaded) =>
        {
            var length = loaded!.Value.GetProperty("encodedDataLength").GetDouble();
            (bytes, largest) = (bytes + length, Math.Max(largest, length));
        };

        var server = shown.ServerTime;
        await page.GotoAsync($"{shown.Address}/?page=sweep&sweep={GeneratedStore.Sweep}", new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForSelectorAsync("[data-chart=parallel] canvas");
        await page.WaitForSelectorAsync(".leaderboard");
        var clock = await page.EvaluateAsync<double>("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))");
        var seen = await MetricsAsync(devtools);
        Console.WriteLine(
            $"  {view}: {clock:N0} ms by the clock; {seen["TaskDuration"] * 1000:N0} ms of the page's processor time, "
            + $"{(shown.ServerTime - server).TotalMilliseconds:N0} ms of the server's");
        Console.WriteLine($"    bytes on the wire: {bytes / 1000:N0} kB, {largest / 1000:N0} of them the trials");
        await BrushAsync(page, devtools);
        Console.WriteLine($"    {await HeapAsync(devtools)}");
    }

    private static async Task BrushAsync(IPage page, ICDPSession devtools)
    {
        await page.EvaluateAsync(WatchFrames);
        var plot = (await page.Locator("[data-chart=parallel] svg").First.BoundingBoxAsync())!;
        var head = (await page.Locator("[data-chart=parallel] [data-axis]").First.BoundingBoxAsync())!;
        var x = head.X + (head.Width / 2);
        await page.Mouse.MoveAsync(x, plot.Y + 80);
        await page.Mouse.DownAsync();
        var before = await MetricsAsync(devtools);
        for (var move = 1; move <= Moves; move++) await page.Mouse.MoveAsync(x, plot.Y + 80 + (move * 3));
        var after = await MetricsAsync(devtools);
        await page.Mouse.UpAsync();
        var frames = (await page.EvaluateAsync<double[]>("window.frames")).Order().ToArray();
        Console.WriteLine(
            $"    brush to frame: median {frames[frames.Length / 2]:N1} ms, the slowest of twenty {frames[frames.Length * 19 / 20]:N1} ms by the clock; "
            + $"{(after["TaskDuration"] - before["TaskDuration"]) * 1000 / Moves:N1} ms of processor time a move");
    }

    /// <returns>What the page's memory holds after a collection.</returns>
    public static async Task<string> HeapAsync(ICDPSession devtools)
    {
        await devtools.SendAsync("HeapProfiler.collectGarbage");
        var heap = (await devtools.SendAsync("Runtime.getHeapUsage"))!.Value;
        double Of(string name) => heap.TryGetProperty(name, out var value) ? value.GetDouble() / 1e6 : 0;
        return $"memory: {Of("usedSize"):N1} MB of objects, {Of("backingStorageSize"):N1} MB of arrays";
    }

    private static async Task<Dictionary<string, double>> MetricsAsync(ICDPSession devtools) =>
        (await devtools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
}
