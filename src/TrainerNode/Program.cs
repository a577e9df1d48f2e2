using FashionSweep.TrainerNode;
using FashionSweep.TrainerNode.Actor;

// Exit, and no return: whatever a slot still does, native code included, ends with the process.
Environment.Exit(await NodeProgram.RunAsync(args, CreateTrainer));

static (ITrainer Trainer, string Kernels) CreateTrainer(NodeOptions options) =>
    throw new StartException($"No engine is built in that could train with {options.Kernels} kernels.");
