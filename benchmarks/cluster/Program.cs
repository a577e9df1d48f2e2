using System.Globalization;
using FashionSweep.Cluster.Benchmarks;

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
if (options.Workloads.Count == 0 && !options.Asks(Failover.Name)) return 0;

Report.Heading();
if (options.OverChannels)
{
    foreach (var workload in options.Workloads) Report.Line("channels", await Measurement.OverChannelsAsync(workload, options.SyncTime));
    if (options.Asks(Failover.Name)) Report.Line("channels", await Failover.OverChannelsAsync());
}
if (options.OverBroker)
{
    using var broker = await Broker.StartAsync();
    foreach (var workload in options.Workloads) Report.Line("broker", await Measurement.OverBrokerAsync(workload, broker, options.SyncTime));
    if (options.Asks(Failover.Name)) Report.Line("broker", await Failover.OverBrokerAsync(broker));
}
Report.Published();
return 0;
