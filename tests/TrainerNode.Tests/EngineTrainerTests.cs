using FashionSweep.Shared.Trials;
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

    [Fact]
    public void ATrialOfAnotherEngineFails()
    {
        var parameters = new ParameterSet([KeyValuePair.Create(EngineNames.Parameter, (ParameterValue)EngineNames.TorchSharp)]);
        Trainer.Train(new TrialSpec(new TrialId("t", 1), parameters, Objective.Default), _ => { }, CancellationToken.None)
            .ShouldBe(new TrialOutcome.Failed("engine is torchsharp, which this node lacks"));
    }

    [Fact]
    public void AnEngineThatIsNotThereKeepsTheNodeFromStarting() =>
        Should.Throw<StartException>(() => EngineTrainer.Create(Options() with { Engines = new EngineSet(EngineNames.All) })).Message
            .ShouldContain("./fsweep engine torchsharp gets it");

    public void Dispose() => _checkpoints.Delete(recursive: true);

    private NodeOptions Options() => new("node-1", 1, _checkpoints.FullName, Data: null, "auto", EngineSet.NativeAlone);
}
