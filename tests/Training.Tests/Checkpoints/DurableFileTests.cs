using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Training.Tests.Checkpoints;

public sealed class DurableFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-durable-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TheFileIsFlushedBeforeItsNameAndTheNameBeforeItCounts()
    {
        var (part, place) = (Write("part", "new"), In("place"));
        var flushed = new List<string>();

        DurableFile.Place(
            part,
            place,
            flushFile: file => flushed.Add($"{file} {File.Exists(place)}"),
            flushFolder: folder => flushed.Add($"{folder} {File.Exists(place)}"));

        flushed.ShouldBe([$"{part} False", $"{_folder.FullName} True"]);
    }

    [Fact]
    public void ItTakesThePlaceOfTheOneBefore()
    {
        var (part, place) = (Write("part", "new"), Write("place", "old"));

        DurableFile.Place(part, place);

        File.ReadAllText(place).ShouldBe("new");
        File.Exists(part).ShouldBeFalse();
    }

    [Fact]
    public void AFileThatNobodyMayWriteIsPlacedToo()
    {
        var part = Write("part", "new");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(part, UnixFileMode.UserRead);

        DurableFile.Place(part, In("place"));

        File.ReadAllText(In("place")).ShouldBe("new");
    }

    [Fact]
    public void AFolderIsReallyOpenedToFlushIt()
    {
        if (OperatingSystem.IsWindows()) return;

        Should.NotThrow(() => DurableFile.FlushFolder(_folder.FullName));
        Should.Throw<IOException>(() => DurableFile.FlushFolder(In("nowhere"))).Message.ShouldStartWith($"{In("nowhere")}: can't be opened to flush it: ");
    }

    [Fact]
    public void AFolderIsMadeWithThoseAboveIt()
    {
        DurableFile.CreateFolder(In("one/two/"));
        DurableFile.CreateFolder(In("one/two"));

        Directory.Exists(In("one/two")).ShouldBeTrue();
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }
}
