using FashionSweep.Cluster.Tests;
using FashionSweep.Shared.Cluster;

// Runs the tests; or, in the network of a cluster, puts whoever is at an address out of it: put-out COORDINATOR:PORT ADDRESS.
if (args is not [InsiderProcess.Verb, var at, var address]) return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
await using var insider = Insider.Join(ClusterAddress.Parse(at, InsiderProcess.Verb), files: null);
await insider.PutOutAsync(member => member.Address.Host == address);
// Until the others have heard of it.
await Task.Delay(TimeSpan.FromSeconds(2));
return 0;
