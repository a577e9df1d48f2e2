using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Remote;
using FashionSweep.TrainerNode.Tests.Actor;
using FashionSweep.Training;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;
using FashionSweep.Training.Plugins;

namespace FashionSweep.EndToEnd.Tests.Remote;

/// <summary>A node sees no difference between an engine with the store's folder and one without.</summary>
public sealed class RemoteTrainerContractTests : TrainerContract, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-remote-");
    private RemoteStore _store = null!;
    private RemoteCheckpoints _remote = null!;

    protected override ITrainer Trainer => field ??= Create();

    public async ValueTask InitializeAsync()
    {
        _store = await RemoteStore.StartAsync();
        _remote = new RemoteCheckpoints(_store.Seen(), TimeProvider.System, TextWriter.Null);
    }

    public async ValueTask DisposeAsync()
    {
        _remote.Dispose();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private RemoteTrainer Create()
    {
        var checkpoints = new CheckpointFolder(_folder.FullName);
        var engine = new TrialTrainer(RandomImages.Data, new NativeEngine(KernelSet.Choose(KernelChoice.Managed)), checkpoints, TimeProvider.System);
        return new RemoteTrainer(
            new ScriptedTrainer(engine.Train), engine.FindSnapshot, checkpoints, new PluginFolder(_folder.FullName), _remote, TimeProvider.System);
    }
}
