using System.Buffers.Binary;
using System.Text;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Export;

namespace FashionSweep.Training.Tests.Export;

public sealed class TensorBoardFileTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The check value of CRC-32C is e3069283 for these digits.</summary>
    [Fact]
    public void TheSumIsCrc32CTurned() =>
        TensorBoardFile.Sum("123456789"u8).ShouldBe(unchecked(((0xe3069283u >> 15) | (0xe3069283u << 17)) + 0xa282ead8));

    [Fact]
    public void EachRecordHasItsLengthAndTheSumsOfBoth()
    {
        var records = Records(file =>
        {
            file.Begin(At);
            file.Scalar("loss/train", 3, At, 0.5);
        });

        records.Count.ShouldBe(2);
        // 1: the time as a double, 3: the version.
        records[0][0].ShouldBe((byte)0x09);
        BinaryPrimitives.ReadDoubleLittleEndian(records[0].AsSpan(1)).ShouldBe(At.ToUnixTimeSeconds());
        records[0].AsSpan(9).ToArray().ShouldBe([0x1a, 13, .. "brain.Event:2"u8]);
        // 2: the step, 5: a summary of one value: 1: its tag, 2: a float.
        records[1].AsSpan(9).ToArray().ShouldBe([0x10, 3, 0x2a, 19, 0x0a, 17, 0x0a, 10, .. "loss/train"u8, 0x15, 0, 0, 0, 0x3f]);
    }

    [Fact]
    public void ATrialIsDescribedToThePlugIn()
    {
        var records = Records(file =>
        {
            file.Experiment("quick", At, ["width"], ["accuracy/validation"]);
            file.SessionStart("quick/1", new ParameterSet([new("width", 64L), new("optimizer", "adam"), new("nesterov", true)]), At);
            file.SessionEnd(succeeded: true, At);
        }).ConvertAll(record => Encoding.Latin1.GetString(record));

        records.Count.ShouldBe(3);
        records.ShouldAllBe(record => record.Contains("hparams", StringComparison.Ordinal));
        records[0].ShouldContain("_hparams_/experiment");
        records[0].ShouldContain("accuracy/validation");
        records[1].ShouldContain("_hparams_/session_start_info");
        records[1].ShouldContain("optimizer\u0012\u0006\u001a\u0004adam");
        records[1].ShouldContain("nesterov\u0012\u0002\u0020\u0001");
        records[2].ShouldContain("_hparams_/session_end_info");
    }

    private static List<byte[]> Records(Action<TensorBoardFile> write)
    {
        using var stream = new MemoryStream();
        write(new TensorBoardFile(stream));
        var (bytes, records) = (stream.ToArray().AsMemory(), new List<byte[]>());
        while (bytes.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[8..]).ShouldBe(TensorBoardFile.Sum(bytes.Span[..8]));
            records.Add(bytes.Span.Slice(12, length).ToArray());
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[(12 + length)..]).ShouldBe(TensorBoardFile.Sum(bytes.Span.Slice(12, length)));
            bytes = bytes[(16 + length)..];
        }
        return records;
    }
}
