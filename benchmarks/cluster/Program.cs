using System.Globalization;
using FashionSweep.Cluster.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [FleetProcess.Verb, ..])
{
    await FleetProcess.RunAsync(args);
    return;
}

var isShort = args.Contains("--short");
var syncTime = Array.IndexOf(args, "--sync-ms") is >= 0 and var at ? TimeSpan.FromMilliseconds(double.Parse(args[at + 1])) : TimeSpan.Zero;
var asked = Workload.All(isShort).Where(workload => IsAsked(workload.Name)).ToList();

if (IsAsked(StoreCost.Name)) StoreCost.Measure();
if (IsAsked(NodeCost.Name)) await NodeCost.MeasureAsync();
Report.Heading();
if (!args.Contains("--broker"))
    foreach (var workload in asked) Report.Line("channels", await Measurement.OverChannelsAsync(workload, syncTime));
if (!args.Contains("--broker") && IsAsked(Failover.Name)) Report.Line("channels", await Failover.OverChannelsAsync());
if (!args.Contains("--channels"))
{
    await using var broker = await Broker.StartAsync();
    foreach (var workload in asked) Report.Line("broker", await Measurement.OverBrokerAsync(workload, broker, syncTime));
    if (IsAsked(Failover.Name)) Report.Line("broker", await Failover.OverBrokerAsync(broker));
}

bool IsAsked(string name) => !args.Any(arg => char.IsAsciiLetter(arg[0])) || args.Contains(name);
