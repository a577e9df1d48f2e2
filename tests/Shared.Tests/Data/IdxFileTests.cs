using System.Text;
using FashionSweep.Shared.Data;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Shared.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private static readonly DatasetFile Labels = DatasetFile.TestLabels;
    private readonly DatasetFolder _folder = DatasetFolder.Filled();

    [Fact]
    public void ARightFileHasNoFault() => IdxFile.Read(Labels, _folder.PathOf(Labels)).Fault.ShouldBeNull();

    [Fact]
    public void AMissingFileIsMissing()
    {
        _folder.Remove(Labels);
        FaultOf(Labels).ShouldBe("is missing");
    }

    [Fact]
    public void AFolderIsNoFile()
    {
        _folder.Remove(Labels);
        Directory.CreateDirectory(_folder.PathOf(Labels));
        FaultOf(Labels).ShouldBe("is a folder, must be a file");
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(5_000)]
    [InlineData(5)]
    public void AFileThatWasCutOffIsTruncated(int bytes) =>
        FaultOf(DatasetFolder.Bytes(Labels)[..bytes]).ShouldMatch(@"^is truncated: ends after [\d,]+ of 10,008 bytes, uncompressed$");

    [Fact]
    public void AnEmptyFileIsEmpty() => FaultOf([]).ShouldBe("is empty");

    [Fact]
    public void AWebPageIsNoFileOfTheDataSet() => FaultOf(Encoding.ASCII.GetBytes("<html>not here</html>")).ShouldStartWith("is a web page");

    [Fact]
    public void AnotherFormatIsNamedByItsFirstBytes() =>
        FaultOf("PK\u0003\u0004"u8.ToArray()).ShouldBe("starts with 504B, must be gzip, which starts with 1F8B");

    [Fact]
    public void AnUncompressedFileIsToBeCompressed() =>
        FaultOf(DatasetFolder.Uncompressed(Labels)).ShouldBe("is not compressed: run gzip on it and keep its name");

    [Fact]
    public void EveryFlippedBitIsNoticed()
    {
        // Before it stands gzip's own header, whose time and file name say nothing of the content.
        const int FirstOfContent = 64;
        var whole = DatasetFolder.Bytes(Labels);
        Prop.ForAll<PositiveInt, PositiveInt>((somewhere, bit) =>
        {
            var spoilt = (byte[])whole.Clone();
            spoilt[FirstOfContent + (somewhere.Get * 7919 % (whole.Length - FirstOfContent))] ^= (byte)(1 << (bit.Get % 8));
            _folder.Replace(Labels, spoilt);
            return IdxFile.Read(Labels, _folder.PathOf(Labels)).Fault is not null;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void AFlippedBitInTheCompressedDataIsDamage()
    {
        var spoilt = DatasetFolder.Bytes(Labels);
        spoilt[3_000] ^= 1;
        FaultOf(spoilt).ShouldBe("is damaged: its compressed data is broken");
    }

    [Fact]
    public void AChangedLabelIsOtherContent()
    {
        var content = DatasetFolder.Uncompressed(Labels);
        content[^1] ^= 1;
        FaultOf(DatasetFolder.Compressed(content)).ShouldMatch(@"^has other content \(SHA-256 [0-9a-f]{16}…, must be 0402a96d92fd2663…\)");
    }

    [Fact]
    public void MoreContentThanPublishedIsAFault() =>
        FaultOf(DatasetFolder.Compressed([.. DatasetFolder.Uncompressed(Labels), 0])).ShouldBe("goes on after 10,008 bytes, uncompressed, where it must end");

    [Fact]
    public void AnUnknownHeaderIsShown() =>
        FaultOf(DatasetFolder.Compressed([0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3])).ShouldBe(
            "has the header 0000080100000003, must be 0000080100002710: another data set?");

    [Theory]
    [InlineData("t10k-labels-idx1-ubyte.gz", "train-labels-idx1-ubyte.gz")]
    [InlineData("t10k-labels-idx1-ubyte.gz", "train-images-idx3-ubyte.gz")]
    [InlineData("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")]
    [InlineData("train-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte.gz")]
    public void ASwappedFileIsToldByWhatItIs(string name, string instead)
    {
        var (file, other) = (DatasetFile.All.Single(file => file.Name == name), DatasetFile.All.Single(file => file.Name == instead));
        _folder.Replace(file, DatasetFolder.Bytes(other));
        FaultOf(file).ShouldBe($"holds what belongs into {instead}: files were swapped or renamed");
    }

    public void Dispose() => _folder.Dispose();

    private string FaultOf(byte[] bytes)
    {
        _folder.Replace(Labels, bytes);
        return FaultOf(Labels);
    }

    private string FaultOf(DatasetFile file) => IdxFile.Read(file, _folder.PathOf(file)).Fault.ShouldNotBeNull();
}
