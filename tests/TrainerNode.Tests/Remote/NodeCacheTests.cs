using FashionSweep.TrainerNode.Remote;

namespace FashionSweep.TrainerNode.Tests.Remote;

public sealed class NodeCacheTests : IDisposable
{
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("fsweep-cache-test-");

    public void Dispose() => _temporary.Delete(recursive: true);

    [Fact]
    public void ItGoesWithItsNode()
    {
        using (NodeCache.Open(Folder("a"))) File.WriteAllText(Path.Combine(Folder("a"), "x.safetensors"), "weights");
        Directory.Exists(Folder("a")).ShouldBeFalse();
    }

    [Fact]
    public void WhatAKilledNodeLeftGoesWithTheNextOneAndWhatLivesStays()
    {
        using var living = NodeCache.Open(Folder("living"));
        // As the kernel leaves it: the file is there, and nobody holds it.
        Directory.Move(Directory.CreateTempSubdirectory("fsweep-cache-test-").FullName, Folder("killed"));
        Directory.CreateDirectory(Path.Combine(Folder("killed"), "snapshots"));
        File.WriteAllText(Path.Combine(Folder("killed"), "lock"), "");
        Directory.CreateDirectory(Folder("foreign"));

        using var next = NodeCache.Open(Folder("next"));

        Left().ShouldBe(["foreign", "living", "next"]);
    }

    [Fact]
    public void WhereNothingCanBeWrittenItIsSaid()
    {
        File.WriteAllText(Path.Combine(_temporary.FullName, "file"), "");
        Should.Throw<StartException>(() => NodeCache.Open(Path.Combine(_temporary.FullName, "file", "fsweep-node-a"))).Message.ShouldContain("set TMPDIR");
    }

    private string Folder(string node) => Path.Combine(_temporary.FullName, $"fsweep-node-{node}");

    private IEnumerable<string> Left() => _temporary.EnumerateDirectories().Select(folder => folder.Name["fsweep-node-".Length..]).Order();
}
