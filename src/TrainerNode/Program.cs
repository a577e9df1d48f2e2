using FashionSweep.TrainerNode;

// As in the coordinator's program: not where a user's model may need it.
if (!Array.Exists(args, argument => argument.EndsWith("torchsharp", StringComparison.Ordinal)))
    AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", false);

// Exit, and no return: whatever a slot still does, native code included, ends with the process.
Environment.Exit(await NodeProgram.RunAsync(args, EngineTrainer.Create));
