using System.Security.Cryptography;
using FashionSweep.Coordinator.Web;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Tests.Web;

/// <summary>What is said to be stored must still be there after a power cut.</summary>
public sealed class UploadFolderTests : IDisposable
{
    private static readonly byte[] Bytes = [1, 2, 3];
    private static readonly string Sha256 = Convert.ToHexStringLower(SHA256.HashData(Bytes));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-upload-");

    private string Target => Path.Combine(_folder.FullName, "whole");

    private string Part => Path.Combine(_folder.FullName, "uploads", $"{Sha256}.part");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task AWholeFileIsPlacedSoThatItStays()
    {
        var placed = new List<(string, string)>();

        (await AddAsync((part, target) =>
        {
            placed.Add((part, target));
            DurableFile.Place(part, target);
        })).ShouldBe(UploadState.Created);

        placed.ShouldBe([(Part, Target)]);
        (await File.ReadAllBytesAsync(Target)).ShouldBe(Bytes);
        File.Exists(Part).ShouldBeFalse();
    }

    [Fact]
    public async Task OneThatCannotBePlacedIsNotSaidToBeStored()
    {
        await Should.ThrowAsync<IOException>(() => AddAsync((_, _) => throw new IOException("the disk is gone")));

        (await AddAsync(DurableFile.Place)).ShouldBe(UploadState.Created);
    }

    private Task<UploadState> AddAsync(Action<string, string> place) =>
        new UploadFolder(Path.Combine(_folder.FullName, "uploads"), TimeProvider.System, place, _ => true)
            .AddAsync(Sha256, Target, new UploadRange(0, Bytes.Length, Bytes.Length), new MemoryStream(Bytes), default);
}
