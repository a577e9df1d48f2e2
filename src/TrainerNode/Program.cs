using FashionSweep.TrainerNode;

// Exit, and no return: whatever a slot still does, native code included, ends with the process.
Environment.Exit(await NodeProgram.RunAsync(args, EngineTrainer.Create));
