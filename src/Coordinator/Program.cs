using FashionSweep.Coordinator.Cli;
using FashionSweep.Shared.Transport.RabbitMq;

HeartbeatFault.Survive();
return await CommandLine.RunAsync(args);
