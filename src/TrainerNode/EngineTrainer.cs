using FashionSweep.Shared.Data;
using FashionSweep.Shared.Http;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Remote;
using FashionSweep.Training;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Data;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;

namespace FashionSweep.TrainerNode;

/// <summary>The engine as a node drives it. Another engine, such as one on TorchSharp, would stand here in its place.</summary>
internal sealed class EngineTrainer(TrialTrainer trainer) : ITrainer
{
    /// <returns>The trainer, and the kernels that it uses.</returns>
    /// <exception cref="StartException">The images are missing or damaged, or the kernels are not there.</exception>
    public static (ITrainer Trainer, string Kernels) Create(NodeOptions options)
    {
        try
        {
            var kernels = KernelSet.Choose(Enum.Parse<KernelChoice>(options.Kernels, ignoreCase: true));
            SelfTest.Run(kernels);
            var images = FashionMnist.Load(options.Data);
            var folder = new CheckpointFolder(options.Checkpoints);
            var trainer = new TrialTrainer(new TrainingData(images.Train, images.Test), new NativeEngine(kernels), folder, TimeProvider.System);
            var engine = new EngineTrainer(trainer);
            return (options.Remote is null ? engine : Remotely(engine, trainer, folder, options.Remote), kernels.Description);
        }
        catch (Exception error) when (error is DatasetException or KernelException)
        {
            throw new StartException(error.Message, error);
        }
    }

    private static RemoteTrainer Remotely(ITrainer engine, TrialTrainer trainer, CheckpointFolder folder, CoordinatorAddress coordinator) =>
        new(engine, trainer.FindSnapshot, folder, new RemoteCheckpoints(coordinator, TimeProvider.System, Console.Error), TimeProvider.System);

    public TrialOutcome Train(TrialSpec spec, Action<EpochReport> report, CancellationToken stop) => trainer.Train(spec, report, stop);
}
