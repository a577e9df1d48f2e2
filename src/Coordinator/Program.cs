using FashionSweep.Coordinator.Cli;
using FashionSweep.Coordinator.Cli.Output;

// Code that libraries would make and compile at their first use costs a tenth of a start. Those that serve for long keep it, and those that may compute a
// user's model in their own process. Before anything asks whether there is such code (docs/decisions/0017-compiled-beforehand.md).
if (args is ["run" or "resume" or "plan" or "submit" or "leaderboard" or "status" or "show" or "watch" or "nodes" or "drain" or "pause" or "cancel"
        or "extend" or "rerun", ..]
    && !Array.Exists(args, argument => argument.StartsWith("--dashboard", StringComparison.Ordinal)))
    AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", false);

NamedOutput.Begin();
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
