using System.Globalization;
using FashionSweep.Cluster.Benchmarks;
using FashionSweep.Cluster.Benchmarks.Recovery;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [FleetProcess.Verb, ..])
{
    await FleetProcess.RunAsync(args);
    return 0;
}

var options = Options.Parse(args);
if (options is null) return 2;
if (options.Asks(StoreCost.Name)) StoreCost.Measure();
if (options.Asks(StartCost.Name)) StartCost.Measure(options.IsShort);
if (options.Asks(NodeCost.Name)) await NodeCost.MeasureAsync();

var recoveries = Recoveries.All.Where(recovery => options.Asks(recovery.Name)).ToList();
if (options.Workloads.Count == 0 && recoveries.Count == 0 && !options.Asks(Failover.Name)) return 0;

Report.Heading();
if (options.InProcess)
    foreach (var workload in options.Workloads) Report.Line("local", await Measurement.InProcessAsync(workload, options.SyncTime));
foreach (var isEncrypted in new[] { false, true })
{
    if (isEncrypted ? !options.OverTls : !options.OverCluster) continue;
    var way = isEncrypted ? "tls" : "cluster";
    foreach (var workload in options.Workloads.Where(workload => workload.Nodes <= Workload.MostNodes))
        Report.Line(way, await Measurement.OverClusterAsync(workload, isEncrypted, options.SyncTime));
    if (options.Asks(Failover.Name)) Tell(way, await Failover.MeasureAsync(options.IsShort, isEncrypted));
    foreach (var recovery in recoveries.Where(recovery => recovery.IsEverywhere)) await TellAsync(way, recovery, isEncrypted);
}
foreach (var recovery in recoveries.Where(recovery => !recovery.IsEverywhere)) await TellAsync(recovery.Name, recovery, isEncrypted: false);
Report.Published();
return 0;

async Task TellAsync(string way, Recoveries.Measured recovery, bool isEncrypted)
{
    await foreach (var measured in recovery.MeasureAsync(options.IsShort, isEncrypted)) Tell(way, measured);
}

static void Tell(string way, (string What, string Figures) measured) => Report.Line(way, measured.What, measured.Figures);
