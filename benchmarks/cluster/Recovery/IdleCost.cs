using System.Globalization;

namespace FashionSweep.Cluster.Benchmarks.Recovery;

/// <summary>What a coordinator and a node cost that have nothing to do.</summary>
internal static class IdleCost
{
    // Of the kernel's accounts: USER_HZ.
    private const double TickMilliseconds = 10;

    public static async IAsyncEnumerable<(string What, string Figures)> MeasureAsync(bool isShort, bool isEncrypted)
    {
        using var cluster = RealCluster.Create(isEncrypted);
        cluster.StartCoordinator();
        cluster.StartNode("a");
        await cluster.ComesUpAsync();
        // The runtime compiles on for a while.
        await Task.Delay(TimeSpan.FromSeconds(isShort ? 15 : 60));
        var time = TimeSpan.FromSeconds(isShort ? 10 : 60);
        int[] processes = [cluster.Coordinator.Id, cluster.Nodes[0].Id];
        var before = processes.Select(Read).ToList();
        await Task.Delay(time);
        var spent = processes.Select(Read).Zip(before, (now, then) => (
            (now.Ticks - then.Ticks) * TickMilliseconds / time.TotalSeconds, (now.Switches - then.Switches) / time.TotalSeconds)).ToList();
        yield return ("idle, a second", string.Join("; ", spent.Zip(["coordinator", "node"], (each, whose) => string.Create(
            CultureInfo.InvariantCulture, $"{whose} {each.Item1:0.0} ms of processor time, {each.Item2:0} context switches"))));
    }

    private static (long Ticks, long Switches) Read(int process)
    {
        // Behind the name, which may hold anything: user and system time are the 12th and 13th.
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var switches = Directory.GetDirectories($"/proc/{process}/task")
            .SelectMany(thread => File.ReadLines(Path.Combine(thread, "status")))
            .Where(line => line.Contains("ctxt_switches", StringComparison.Ordinal))
            .Sum(line => Number(line.Split(':')[1]));
        return (Number(fields[11]) + Number(fields[12]), switches);
    }

    private static long Number(string text) => long.Parse(text.Trim(), CultureInfo.InvariantCulture);
}
