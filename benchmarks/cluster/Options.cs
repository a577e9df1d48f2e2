using System.Globalization;
using FashionSweep.Cluster.Benchmarks.Recovery;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>What is asked for on the command line.</summary>
/// <param name="SyncTime">How long a disk is pretended to take for each commit, on top of what this one takes.</param>
/// <param name="Workloads">Those that are asked for.</param>
internal sealed record Options(
    bool IsShort, bool InProcess, bool OverCluster, bool OverTls, TimeSpan SyncTime, IReadOnlyList<Workload> Workloads, IReadOnlySet<string> Names)
{
    private const string Usage = "usage: benchmarks/cluster/run [--short] [--local|--cluster|--tls] [--sync-ms N] [NAME...], with names from:";

    public bool Asks(string name) => Names.Contains(name);

    /// <returns>Null where something can't be understood, which it has said.</returns>
    public static Options? Parse(string[] arguments)
    {
        var (isShort, way, syncTime, names) = (false, "", TimeSpan.Zero, new HashSet<string>());
        var workloads = Workload.All(isShort: false).Select(workload => workload.Name);
        List<string> known =
        [
            StoreCost.Name, StartCost.Name, NodeCost.Name, .. workloads.Distinct(), Failover.Name, .. Recoveries.All.Select(recovery => recovery.Name),
        ];
        for (var at = 0; at < arguments.Length; at++)
        {
            if (arguments[at] == "--short") isShort = true;
            else if (arguments[at] is "--local" or "--cluster" or "--tls") way = arguments[at];
            else if (arguments[at] == "--sync-ms" && ++at < arguments.Length && double.TryParse(arguments[at], CultureInfo.InvariantCulture, out var time))
                syncTime = TimeSpan.FromMilliseconds(time);
            else if (at < arguments.Length && known.Contains(arguments[at])) names.Add(arguments[at]);
            else return Refuse($"{arguments[Math.Min(at, arguments.Length - 1)]}: {Usage} {string.Join(' ', known)}");
        }
        if (names.Count == 0) names.UnionWith(known);
        return new Options(
            isShort, way is "" or "--local", way is "" or "--cluster", way is "" or "--tls", syncTime,
            [.. Workload.All(isShort).Where(workload => names.Contains(workload.Name))], names);
    }

    private static Options? Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return null;
    }
}
