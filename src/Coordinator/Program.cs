using FashionSweep.Coordinator.Cli;

return await CommandLine.RunAsync(args);
