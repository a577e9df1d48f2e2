using System.Security.Cryptography;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Training.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private static readonly NamedTensor[] Tensors = [new("layers.0.weight", [1, 2], [1, 2]), new("layers.0.bias", [1], [3])];

    private static readonly CheckpointRecord Record = new(
        new TrialSpec(new TrialId("sweep", 3), TrainerCatalog.Parameters.Complete(ParameterSet.Empty, 1), new Objective(Metric.ValidationLoss, Goal.Minimize)),
        new CheckpointScores(2, 5, new Score(0.5, 0.8), new Score(0.6, 0.7), new Score(0.7, 0.6), 3, "abc"),
        new CheckpointEnvironment("managed Vector512", "fp32", "FashionSweep 0.1.0", "a processor", ".NET 10", "an OS"));

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory();

    private string Folder => Path.Combine(_temporary.FullName, "checkpoints");

    public void Dispose() => _temporary.Delete(recursive: true);

    [Fact]
    public void FileIsNamedByTheHashOfItsBytes()
    {
        var folder = new CheckpointFolder(Folder);

        var checkpoint = folder.Save(Record, Tensors);

        var bytes = File.ReadAllBytes(folder.PathOf(checkpoint));
        checkpoint.ShouldBe(new Checkpoint(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length));
        Directory.GetFiles(Folder).ShouldBe([folder.PathOf(checkpoint)]);
    }

    [Fact]
    public void EqualTrialsHaveOneFile()
    {
        var folder = new CheckpointFolder(Folder);

        folder.Save(Record, Tensors).ShouldBe(folder.Save(Record, Tensors));

        Directory.GetFiles(Folder).Length.ShouldBe(1);
    }

    [Fact]
    public void WhatIsSavedOrImportedIsPutInItsPlaceDurably()
    {
        var placed = new List<(string Part, string Place)>();
        var folder = new CheckpointFolder(Folder, (part, place) =>
        {
            placed.Add((part, place));
            File.Exists(place).ShouldBeFalse();
            // Closed by its writer: else not all of it would be flushed.
            using (File.Open(part, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) File.Move(part, place);
        });

        var saved = folder.Save(Record, Tensors);
        var elsewhere = Path.Combine(_temporary.FullName, "elsewhere.safetensors");
        File.Move(folder.PathOf(saved), elsewhere);
        var imported = folder.Import(elsewhere);

        imported.ShouldBe(saved);
        placed.Select(file => file.Place).ShouldBe([folder.PathOf(saved), folder.PathOf(saved)]);
    }

    [Fact]
    public void RecordComesBackFromTheFile()
    {
        var folder = new CheckpointFolder(Folder);

        var file = folder.Read(folder.Save(Record, Tensors));

        CheckpointRecord.From(file.Metadata).ShouldBe(Record);
        file.Metadata["fashionsweep.scores"].ShouldContain("\"best_epoch\":2");
        file.Tensors.Select(tensor => tensor.Name).ShouldBe(["layers.0.weight", "layers.0.bias"]);
    }

    /// <summary>Whoever reads a checkpoint reads those bytes or none: a trial that starts from it must give the bits that its record promises.</summary>
    [Fact]
    public void AByteThatHasChangedIsFound()
    {
        var folder = new CheckpointFolder(Folder);
        var saved = folder.Save(Record, Tensors);
        var bytes = File.ReadAllBytes(folder.PathOf(saved));
        bytes[^1] ^= 1;
        File.WriteAllBytes(folder.PathOf(saved), bytes);

        Should.Throw<CheckpointException>(() => folder.Read(saved)).Message.ShouldStartWith($"{folder.PathOf(saved)}: it is damaged: its SHA-256 is ");
    }

    [Fact]
    public void OneThatIsGoneIsSaidToBe() =>
        Should.Throw<CheckpointException>(() => new CheckpointFolder(Folder).Read(new Checkpoint(new string('a', 64), 1)))
            .Message.ShouldEndWith("there is no such checkpoint");

    [Fact]
    public void TheHeaderAloneSaysWhatAFileIs()
    {
        var folder = new CheckpointFolder(Folder);
        var path = folder.PathOf(folder.Save(Record, Tensors));
        CheckpointRecord.From(SafetensorsHeader.MetadataOf(path)!).ShouldBe(Record);
        File.AppendAllText(path, "more");
        SafetensorsHeader.MetadataOf(path).ShouldBeNull();
        File.WriteAllText(path, "\u0004\0\0\0\0\0\0\0{\"a\"");
        SafetensorsHeader.MetadataOf(path).ShouldBeNull();
        File.WriteAllText(path, "");
        SafetensorsHeader.MetadataOf(path).ShouldBeNull();
    }

    [Fact]
    public void MissingRecordIsAClearError() =>
        Should.Throw<CheckpointException>(() => CheckpointRecord.From(new Dictionary<string, string>()))
            .Message.ShouldBe("fashionsweep.spec is missing in the checkpoint's metadata");
}
