using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;

// Runs the tests; or is a process that is killed while it writes to a store.
if (args is not [KilledWriter.Verb, var folder]) return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
KilledWriter.Write(new StoreFolder(folder));
return 0;
