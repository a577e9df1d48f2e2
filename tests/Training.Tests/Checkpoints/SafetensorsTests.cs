using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FashionSweep.Training.Checkpoints;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Training.Tests.Checkpoints;

public sealed class SafetensorsTests : IDisposable
{
    private static readonly NamedTensor[] Tensors = [new("layers.0.weight", [2, 3], [1, 2, 3, 4, 5, 6]), new("layers.0.bias", [2], [-1, float.NaN])];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Path => System.IO.Path.Combine(_folder.FullName, "file.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TensorsAndMetadataComeBackAsTheyWere() =>
        Prop.ForAll(
            Gen.Choose(0, 5).SelectMany(count => Gen.Choose(0, 4).ListOf(2).SelectMany(Tensor).ListOf(count)).ToArbitrary(),
            Gen.Elements("", "a", "\"quoted\"\n", "größer ≥ 1 🙂").ToArbitrary(),
            (values, text) =>
            {
                NamedTensor[] tensors = [.. values.Select((tensor, number) => tensor with { Name = $"{number}" })];
                Write(tensors, new() { ["note"] = text });

                var file = SafetensorsFile.Read(Path);

                // Equal by their bytes: NaN is as good a value as any.
                file.Tensors.Select(Describe).ShouldBe(tensors.Select(Describe));
                file.Metadata.ShouldBe(new Dictionary<string, string> { ["note"] = text });
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void FileIsLaidOutAsTheFormatSays()
    {
        Write(Tensors, new() { ["format"] = "pt" });

        var bytes = File.ReadAllBytes(Path);
        var header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        ((8 + header) % 8).ShouldBe(0);
        Encoding.UTF8.GetString(bytes, 8, header).TrimEnd(' ').ShouldBe(
            """{"__metadata__":{"format":"pt"},"layers.0.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"layers.0"""
            + """.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}""");
        bytes.Length.ShouldBe(8 + header + 32);
        BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + header + 20)).ShouldBe(6);
    }

    [Fact]
    public void WritingTellsTheHashAndLengthOfTheFile()
    {
        var (sha256, length) = Write(Tensors, []);

        sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path))));
        length.ShouldBe(new FileInfo(Path).Length);
    }

    [Fact]
    public void WeightsHashIsThatOfTheTensorsBytes()
    {
        Write(Tensors, []);

        Safetensors.WeightsSha256(Tensors).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path).AsSpan()[^32..])));
    }

    [Theory]
    [InlineData("", "it has 0 bytes, must have at least 8")]
    [InlineData("\u0001", "it has 1 bytes, must have at least 8")]
    [InlineData("\uFFFF{}", "its header has 65535 bytes by its first eight, must have from 2 to the 2 that follow them")]
    [InlineData("\u0004{\"a\"", "its header can't be read: ")]
    [InlineData("\u0002[]", "its header can't be read: ")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}####""", "its header can't be read: ")]
    [InlineData("""{"a":{"dtype":"F32","shape":"1","data_offsets":[0,4]}}####""", "its header can't be read: ")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}####""", "a has 1 offsets, must have 2")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "its header can't be read: ")]
    [InlineData("""{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}####""", "a is BF16, must be F32")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}####""", "a has bytes 0 to 4 of 4, must have 8 for its shape [2]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}####""", "a has bytes 0 to 8 of 4, must have 8 for its shape [2]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}####""", "a has bytes 0 to 4 of 4, must have 4 for its shape [-1, -1]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}########""", "a starts at byte 4, must start at 0, where the tensor before it ends")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}#####""", "its tensors end at byte 4, must end with the file at 5")]
    public void DamagedFilesSayWhatIsWrong(string content, string fault)
    {
        File.WriteAllBytes(Path, Bytes(content));

        Should.Throw<CheckpointException>(() => SafetensorsFile.Read(Path)).Message.ShouldStartWith($"{Path}: {fault}");
    }

    [Fact]
    public void EveryTruncationIsNoticed()
    {
        Write(Tensors, new() { ["format"] = "pt" });
        var whole = File.ReadAllBytes(Path);

        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Should.Throw<CheckpointException>(() => SafetensorsFile.Read(Path));
        }
    }

    private (string Sha256, long Bytes) Write(IReadOnlyList<NamedTensor> tensors, Dictionary<string, string> metadata)
    {
        using var file = File.Create(Path);
        return Safetensors.Write(file, tensors, metadata);
    }

    // A header starts the text, its length before it unless the first character says another; # stands for the tensors' bytes.
    private static byte[] Bytes(string content)
    {
        if (content.Length < 2) return [.. content.Select(character => (byte)character)];
        var header = content[0] == '{' ? content : content[1..];
        var data = header.SkipWhile(character => character != '#').Count();
        var length = content[0] == '{' ? header.Length - data : content[0];
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, length);
        return [.. prefix, .. Encoding.UTF8.GetBytes(header)];
    }

    private static Gen<NamedTensor> Tensor(IEnumerable<int> shape) =>
        from values in ArbMap.Default.GeneratorFor<float>().ListOf(shape.Aggregate(1, (product, size) => product * size))
        select new NamedTensor("", [.. shape], [.. values]);

    private static string Describe(NamedTensor tensor) =>
        JsonSerializer.Serialize(new { tensor.Name, tensor.Shape, Bits = tensor.Values.Select(BitConverter.SingleToInt32Bits) });
}
