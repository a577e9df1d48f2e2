using System.CommandLine;
using FashionSweep.Coordinator.Cli.Using;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();
    private readonly DirectoryInfo _target = Directory.CreateTempSubdirectory("fsweep-export-");
    private readonly Checkpoint _checkpoint;
    private readonly byte[] _bytes;

    public ExportCommandTests()
    {
        var (folder, score) = (new CheckpointFolder(_temporary.Folder.Checkpoints), new Score(0.5, 0.5));
        var scores = new CheckpointScores(2, 3, score, score, score, 1, "aa");
        _checkpoint = folder.Save(new CheckpointRecord(Spec(1), scores, CheckpointEnvironment.Of(Samples.Machine)), [new NamedTensor("w", [1], [1f])]);
        _bytes = File.ReadAllBytes(folder.PathOf(_checkpoint));
        using var store = LiteStore.OpenForWriting(_temporary.Folder);
        store.Add(Sweep());
        store.Append([Started(Lease(1)), Completed(Lease(1), Result() with { Checkpoint = _checkpoint }), Started(Lease(2))]);
        store.End();
    }

    private string Target => Path.Combine(_target.FullName, "out.safetensors");

    public void Dispose()
    {
        _temporary.Dispose();
        _target.Delete(recursive: true);
    }

    [Fact]
    public void TheCheckpointIsWrittenAndItIsSaidHowToGoOn()
    {
        var said = Run("quick/1", "--to", Target);
        said.ShouldStartWith($"{Target}: the weights of quick/1 after its best epoch, 2 of 3 (");
        said.ShouldContain($"sha256 {_checkpoint.Sha256})");
        said.ShouldContain("Next: ");
        IsExported();
    }

    [Fact]
    public void WhatAFilesNameDoesNotSayTheFormatHasTo()
    {
        var odd = Path.Combine(_target.FullName, "out.txt");
        Should.Throw<InputException>(() => Run("quick/1", "--to", odd)).Message
            .ShouldBe($"--to is {odd}, must end in .safetensors or .onnx where --format doesn't say which of them to write");
        Run("quick/1", "--to", odd, "--format", "safetensors").ShouldNotContain("start_from");
    }

    [Fact]
    public void TheBestComesFromTheDatabaseAlone()
    {
        Directory.Delete(_temporary.Folder.Checkpoints, recursive: true);
        Run("1", "--to", Target);
        IsExported();
    }

    [Fact]
    public void WhatIsThereIsNotWrittenOver()
    {
        File.WriteAllText(Target, "mine");
        Refusal("quick/1", "--to", Target).ShouldBe($"{Target}: is there already, and is not written over: name another file with --to FILE");
        Refusal("quick/1", "--to", _target.FullName).ShouldContain("is there already");
        File.ReadAllText(Target).ShouldBe("mine");
    }

    [Theory]
    [InlineData("", "--to is empty, must be the name of a file")]
    [InlineData("no/such/folder/x.safetensors", "no/such/folder/x.safetensors: there is no folder ")]
    public void AFileThatCantBeIsSaid(string to, string said) => Refusal("quick/1", "--to", to).ShouldStartWith(said);

    [Fact]
    public void ATrialThatRunsHasNone() => Refusal("quick/2", "--to", Target).ShouldContain("only a completed trial has a model");

    [Fact]
    public void AnEnsembleIsRefused() =>
        Refusal("quick-top2.ensemble.json", "--to", Target).ShouldStartWith("quick-top2.ensemble.json is an ensemble, must be a trial");

    [Fact]
    public void ADamagedOneIsNotWritten()
    {
        File.WriteAllText(_temporary.Folder.PathOf(_checkpoint), "damaged");
        Should.Throw<CheckpointException>(() => Run("quick/1", "--to", Target)).Message.ShouldContain("it is damaged");
        _target.GetFiles().ShouldBeEmpty();
    }

    private void IsExported()
    {
        _target.GetFiles().ShouldHaveSingleItem().FullName.ShouldBe(Target);
        File.ReadAllBytes(Target).ShouldBe(_bytes);
    }

    private string Refusal(params string[] arguments)
    {
        var fault = Should.Throw<InputException>(() => Run(arguments));
        fault.IsWrongInput.ShouldBeTrue();
        return fault.Message;
    }

    private string Run(params string[] arguments)
    {
        using var output = new StringWriter();
        ExportCommand.Create(TrainerCatalog.Parameters).Parse([.. arguments, "--store", _temporary.Folder.Path]).Invoke(
            new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false }).ShouldBe(0);
        return output.ToString();
    }
}
