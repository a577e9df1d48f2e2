using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Remote;
using FashionSweep.Training;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Data;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;
using FashionSweep.Training.Plugins;

namespace FashionSweep.TrainerNode;

/// <summary>The engines as a node drives them: each trial has the one that its record names.</summary>
/// <param name="trainers">By the names of their engines, native among them.</param>
internal sealed class EngineTrainer(IReadOnlyDictionary<string, TrialTrainer> trainers) : ITrainer
{
    /// <returns>The trainer, and the kernels that the node's own engine uses.</returns>
    /// <exception cref="StartException">The images are missing or damaged, or the kernels or an engine are not there.</exception>
    public static (ITrainer Trainer, string Kernels) Create(NodeOptions options)
    {
        try
        {
            var kernels = KernelSet.Choose(Enum.Parse<KernelChoice>(options.Kernels, ignoreCase: true));
            SelfTest.Run(kernels);
            var loaded = options.Engines.Names.Where(name => name != EngineNames.Native)
                .Select(name => EngineLoader.Load(name, AppContext.BaseDirectory)).ToList();
            var images = FashionMnist.Load(options.Data);
            var (data, folder) = (new TrainingData(images.Train, images.Test), new CheckpointFolder(options.Checkpoints));
            IEnumerable<TrialTrainer> trainers =
            [
                new TrialTrainer(data, new NativeEngine(kernels), folder, TimeProvider.System),
                .. loaded.Select(engine => new TrialTrainer(
                    data, engine.Engine, folder, TimeProvider.System, new NodePlugins(engine.Context, new PluginFolder(options.Checkpoints)).Load)),
            ];
            var trainer = new EngineTrainer(loaded.Select(engine => engine.Engine.Name).Prepend(EngineNames.Native)
                .Zip(trainers).ToDictionary(pair => pair.First, pair => pair.Second));
            return (options.Remote is null ? trainer : Remotely(trainer, folder, options), kernels.Description);
        }
        catch (Exception error) when (error is DatasetException or KernelException or EngineException)
        {
            throw new StartException(error.Message, error);
        }
    }

    public TrialOutcome Train(TrialSpec spec, Action<EpochReport> report, CancellationToken stop) =>
        TrainerOf(spec) is { } trainer
            ? trainer.Train(spec, report, stop)
            : new TrialOutcome.Failed($"engine is {spec.Parameters.Engine()}, which this node lacks");

    private static RemoteTrainer Remotely(EngineTrainer trainer, CheckpointFolder folder, NodeOptions options) => new(
        trainer, spec => trainer.TrainerOf(spec)?.FindSnapshot(spec), folder, new PluginFolder(options.Checkpoints),
        new RemoteCheckpoints(options.Remote!, TimeProvider.System, Console.Error), TimeProvider.System);

    private TrialTrainer? TrainerOf(TrialSpec spec) => trainers.GetValueOrDefault(spec.Parameters.Engine());
}
