using System.Buffers.Binary;
using System.IO.Compression;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Images;

namespace FashionSweep.Shared.Tests.Data;

public sealed class ImageFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("images-");

    [Fact]
    public void APngIsOneImageOfNoKnownClass()
    {
        var read = ImageFiles.Read(Png("shirt.png", 7));

        (read.Images.Count, read.HaveClasses, read.Names[0], read.Images.Pixels[0]).ShouldBe((1, false, "shirt.png", (byte)7));
    }

    [Fact]
    public void AFolderHasItsPngsByName()
    {
        Png("b.png", 2);
        Png("a.PNG", 1);
        File.WriteAllText(PathOf("notes.txt"), "no image");

        var read = ImageFiles.Read(_folder.FullName);

        read.Names.ShouldBe(["a.PNG", "b.png"]);
        read.Images.Pixels[784].ShouldBe((byte)2);
        read.OnLightGround.ShouldBe(0);
        Png("white.png", 255);
        ImageFiles.Read(_folder.FullName).OnLightGround.ShouldBe(1);
    }

    [Fact]
    public void FoldersOfClassesGoByNameOrLabel()
    {
        foreach (var folder in new[] { "T-shirt_top", "ankle-boot", "8" })
        {
            _folder.CreateSubdirectory(folder);
            Png($"{folder}/one.png", 1);
        }

        var read = ImageFiles.Read(_folder.FullName);

        read.HaveClasses.ShouldBeTrue();
        read.Images.Labels.ShouldBe([8, 0, 9]);
    }

    [Fact]
    public void AnIdxFileHasItsClassesBesideIt()
    {
        var file = PathOf("mine-images-idx3-ubyte.gz");
        WriteIdx(file, [.. Enumerable.Repeat((byte)5, 2 * 784)], 2, 28, 28);
        ImageFiles.Read(file).HaveClasses.ShouldBeFalse();
        WriteIdx(PathOf("mine-labels-idx1-ubyte.gz"), [3, 9], 2);

        var read = ImageFiles.Read(file);

        read.Images.Labels.ShouldBe([3, 9]);
        read.Names.ShouldBe(["#0", "#1"]);
        WriteIdx(PathOf("mine-labels-idx1-ubyte.gz"), [3, 10], 2);
        FaultOf(file).ShouldEndWith("mine-labels-idx1-ubyte.gz: has label 10, must be 0 to 9");
        WriteIdx(PathOf("mine-labels-idx1-ubyte.gz"), [3], 1);
        FaultOf(file).ShouldContain("has 1 labels, must have 2");
    }

    [Fact]
    public void AllThatIsWrongInAFolderIsSaidAtOnce()
    {
        Png("a.png", 1);
        Png("b.png", 1, side: 64);
        File.WriteAllText(PathOf("c.png"), "<html>");
        FaultOf(_folder.FullName).Split('\n').Select(fault => fault.Split("/")[^1])
            .ShouldBe(["b.png: is 64 × 64, must be 28 × 28", "c.png: starts with 3C68746D, must be a PNG, which starts with 89504E47"]);
        foreach (var number in Enumerable.Range(0, 30)) Png($"d{number}.png", 1, side: 9);
        FaultOf(_folder.FullName).Split('\n')[^1].ShouldBe("and 12 more like these");
    }

    [Fact]
    public void FoldersThatAreNamedAsNoClassAreAllSaid()
    {
        foreach (var folder in new[] { "shoes", "Bag", "hats" }) _folder.CreateSubdirectory(folder);
        FaultOf(_folder.FullName).Split('\n').Select(fault => Path.GetFileName(fault.Split(": is named as no class")[0])).ShouldBe(["hats", "shoes"]);
    }

    [Fact]
    public void WhatIsWrongIsSaidWithItsFile()
    {
        FaultOf(PathOf("nothing")).ShouldEndWith("nothing: there is no such file or folder");
        FaultOf(_folder.FullName).ShouldEndWith(": has no file that ends in .png");
        FaultOf(Png("large.png", 1, side: 64)).ShouldEndWith("large.png: is 64 × 64, must be 28 × 28");
        File.WriteAllText(PathOf("no.png"), "<html>");
        FaultOf(PathOf("no.png")).ShouldEndWith("no.png: starts with 3C68746D, must be a PNG, which starts with 89504E47");
        File.WriteAllText(PathOf("sweep.yaml"), "name: sweep and more of it");
        FaultOf(PathOf("sweep.yaml")).ShouldEndWith("sweep.yaml: starts with 6E616D65, must be a PNG, or an IDX file, which starts with 00000803");
        WriteIdx(PathOf("small"), new byte[9], 1, 3, 3);
        FaultOf(PathOf("small")).ShouldEndWith("small: its images are 3 × 3, must be 28 × 28");
        WriteIdx(PathOf("cut"), new byte[9], 1, 28, 28);
        FaultOf(PathOf("cut")).ShouldEndWith("cut: is shorter or longer than its header says");
        WriteIdx(PathOf("bomb"), [], 2_000_000_000, 28, 28);
        FaultOf(PathOf("bomb")).ShouldEndWith("bomb: has 2,000,000,000 items, must have 1 to 600,000");
        File.WriteAllBytes(PathOf("zip"), [0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        FaultOf(PathOf("zip")).ShouldEndWith("zip: is damaged: its compressed data is broken");
    }

    [Fact]
    public void AFolderOfNoClassIsNamed()
    {
        _folder.CreateSubdirectory("Bag");
        _folder.CreateSubdirectory("Hats");
        FaultOf(_folder.FullName).ShouldEndWith(
            "Hats: is named as no class, must be one of T-shirt/top, Trouser, Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot, or 0 to 9");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string FaultOf(string path) => Should.Throw<InputException>(() => ImageFiles.Read(path)).Message;

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Png(string name, byte pixel, int side = 28)
    {
        using var file = File.Create(PathOf(name));
        PngFile.Write(file, new GreyImage(side, side, [.. Enumerable.Repeat(pixel, side * side)]));
        return PathOf(name);
    }

    private static void WriteIdx(string path, byte[] items, params int[] shape)
    {
        using var file = File.Create(path);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file;
        stream.Write([0, 0, 8, (byte)shape.Length]);
        var size = new byte[4];
        foreach (var one in shape)
        {
            BinaryPrimitives.WriteInt32BigEndian(size, one);
            stream.Write(size);
        }
        stream.Write(items);
    }
}
