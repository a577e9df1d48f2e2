using FashionSweep.Coordinator.Actors;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Actors;

/// <summary>How nodes with another engine are started.</summary>
public sealed class EngineFolderTests : IDisposable
{
    private static readonly EngineSet Both = new([EngineNames.Native, EngineNames.TorchSharp]);

    private readonly DirectoryInfo _program = Directory.CreateTempSubdirectory("fsweep-engines-");

    public void Dispose() => _program.Delete(recursive: true);

    [Fact]
    public void ANodeOfTheUsualEngineIsStartedWithoutAWordOfEngines()
    {
        Write("system/dotnet");
        var (command, environment) = Command(EngineSet.NativeAlone);
        command.ShouldBe($"/usr/bin/dotnet {NodeProgram} --name node-1 --slots 2 --checkpoints c --kernels auto");
        environment.Keys.ShouldNotContain("MALLOC_TOP_PAD_");
    }

    [Fact]
    public void OneWithAnotherIsToldSoAndKeepsItsMemory()
    {
        var (command, environment) = Command(Both);
        command.ShouldBe($"/usr/bin/dotnet {NodeProgram} --name node-1 --slots 2 --checkpoints c --kernels auto --engine torchsharp");
        environment["MALLOC_TOP_PAD_"].ShouldBe("268435456");
        environment["OMP_NUM_THREADS"].ShouldNotBeNull();
    }

    [Fact]
    public void WhereTheEngineHasNewerLibrariesTheNodeStartsWithThem()
    {
        Write("system/dotnet");
        Command(Both).Command.ShouldStartWith($"{FileOf("system/dotnet")} {NodeProgram} ");
    }

    [Fact]
    public void WhatIsNotThereIsNamedAndHowItIsGot()
    {
        Should.Throw<InputException>(() => EngineFolder.Require(_program.FullName, Both)).Message
            .ShouldBe("engine torchsharp is not on this machine: ./fsweep engine torchsharp gets it");
        Write("FashionSweep.Training.Torch.dll");
        EngineFolder.Require(_program.FullName, Both);
        EngineFolder.In(_program.FullName).ShouldBe(Both);
    }

    private string NodeProgram => Path.Combine(_program.FullName, "node", "fsweep-node.dll");

    private string FileOf(string name) => Path.Combine(_program.FullName, "node", "engines", "torchsharp", name);

    private void Write(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(name))!);
        File.WriteAllText(FileOf(name), "");
    }

    private (string Command, IDictionary<string, string?> Environment) Command(EngineSet engines)
    {
        var launcher = new NodeLauncher(new LocalNodesOptions(1, 2, "c", null, "auto", engines));
        var start = launcher.CommandFor(new NodeId("node-1"), "/usr/bin/dotnet", _program.FullName);
        return (string.Join(' ', start.ArgumentList.Prepend(start.FileName)), start.Environment);
    }
}
