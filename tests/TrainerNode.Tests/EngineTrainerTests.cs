using FashionSweep.TrainerNode.Actor;
using FashionSweep.TrainerNode.Tests.Actor;

namespace FashionSweep.TrainerNode.Tests;

/// <summary>The engine on the real images.</summary>
public sealed class EngineTrainerTests : TrainerContract, IDisposable
{
    private readonly DirectoryInfo _checkpoints = Directory.CreateTempSubdirectory("fsweep-trainer-");

    protected override ITrainer Trainer => field ??= EngineTrainer.Create(Options()).Trainer;

    [Fact]
    public void WrongImagesKeepTheNodeFromStarting() =>
        Should.Throw<StartException>(() => EngineTrainer.Create(Options() with { Data = _checkpoints.FullName })).Message
            .ShouldContain("train-images-idx3-ubyte.gz");

    public void Dispose() => _checkpoints.Delete(recursive: true);

    private NodeOptions Options() => new("node-1", 1, _checkpoints.FullName, Data: null, "auto");
}
