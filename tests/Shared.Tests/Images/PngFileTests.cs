using System.Text;
using FashionSweep.Shared.Images;
using FsCheck;
using FsCheck.Fluent;
using StbImageSharp;

namespace FashionSweep.Shared.Tests.Images;

public sealed class PngFileTests
{
    [Fact]
    public void WhatIsWrittenIsReadAgain() => Prop.ForAll<PositiveInt, PositiveInt, int>((width, height, seed) =>
    {
        var image = new GreyImage(width.Get, height.Get, new byte[width.Get * height.Get]);
        new Random(seed).NextBytes(image.Pixels);
        var file = new MemoryStream();
        PngFile.Write(file, image);
        var read = Read(file.ToArray());
        return (read.Width, read.Height) == (image.Width, image.Height) && read.Pixels.AsSpan().SequenceEqual(image.Pixels);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 4)]
    [InlineData(0, 8)]
    [InlineData(0, 16)]
    [InlineData(2, 8)]
    [InlineData(2, 16)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 4)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(4, 16)]
    [InlineData(6, 8)]
    [InlineData(6, 16)]
    public void EachKindIsReadAsAnotherReaderReadsIt(int colours, int bits)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var file = PngSample.Random(1 + seed, 7, bits, colours, seed).ToBytes();
            var other = ImageResult.FromMemory(file, ColorComponents.RedGreenBlueAlpha);
            var read = Read(file);
            (read.Width, read.Height).ShouldBe((other.Width, other.Height));
            // That one cuts 16 bits to 8, where they are rounded here.
            read.Pixels.Zip(GreysOf(other.Data)).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= (bits == 16 ? 2 : 0));
        }
    }

    [Fact]
    public void WhatIsTransparentIsBlack()
    {
        Read(new PngSample(2, 1, 8, 0, [0, 200, 201]) { Transparent = [0, 200] }.ToBytes()).Pixels.ShouldBe([0, 201]);
        Read(new PngSample(2, 1, 8, 2, [0, 9, 9, 9, 9, 9, 8]) { Transparent = [0, 9, 0, 9, 0, 9] }.ToBytes()).Pixels.ShouldBe([0, 9]);
        Read(new PngSample(2, 1, 8, 3, [0, 0, 1]) { Palette = [80, 80, 80, 90, 90, 90], Transparent = [0] }.ToBytes()).Pixels.ShouldBe([0, 90]);
        Read(new PngSample(3, 1, 8, 4, [0, 255, 0, 255, 128, 255, 255]).ToBytes()).Pixels.ShouldBe([0, 128, 255]);
    }

    [Fact]
    public void ABombIsRefusedByItsHeader()
    {
        var bomb = new PngSample(60_000, 60_000, 8, 0, new byte[5_000_000]).ToBytes();
        FaultOf(bomb).ShouldBe("is 60,000 × 60,000, must be at most 1,000 × 1,000");
        // Nothing behind the header is looked at for that.
        FaultOf(bomb[..40]).ShouldBe("is 60,000 × 60,000, must be at most 1,000 × 1,000");
        FaultOf(new PngSample(2, 2, 8, 0, new byte[5_000_000]).ToBytes()).ShouldBe("is damaged: it has more pixels than 2 × 2");
    }

    [Fact]
    public void AFileOfAnyLengthIsGivenUp() =>
        Should.Throw<PngException>(() => PngFile.Read(new EndlessStream())).Message.ShouldBe("is larger than 16 MB, which no picture is that can be read here");

    [Fact]
    public void WhatIsNoPngIsNamed()
    {
        FaultOf([]).ShouldBe("is empty, must be a PNG");
        FaultOf([0xff, 0xd8, 0xff, 0xe0]).ShouldBe("is a JPEG, must be a PNG");
        FaultOf("GIF89a"u8.ToArray()).ShouldBe("is a GIF, must be a PNG");
        FaultOf("BM"u8.ToArray()).ShouldBe("is a bitmap, must be a PNG");
        FaultOf("<html>"u8.ToArray()).ShouldBe("starts with 3C68746D, must be a PNG, which starts with 89504E47");
    }

    [Fact]
    public void WhatIsNotReadIsSaid()
    {
        FaultOf(new PngSample(2, 2, 8, 0, new byte[6]) { Interlace = 1 }.ToBytes()).ShouldStartWith("is interlaced, must not be");
        FaultOf(new PngSample(0, 2, 8, 0, []).ToBytes()).ShouldBe("is 0 × 2, which is no picture");
        FaultOf(new PngSample(2, 2, 3, 0, new byte[6]).ToBytes()).ShouldBe("has 3 bits with colour type 0, which no PNG has");
        FaultOf(new PngSample(2, 2, 8, 5, new byte[6]).ToBytes()).ShouldBe("has 8 bits with colour type 5, which no PNG has");
    }

    [Fact]
    public void WhatIsDamagedIsSaid()
    {
        var whole = new PngSample(2, 2, 8, 0, [0, 1, 2, 0, 3, 4]);
        FaultOf(whole.ToBytes()[..^12]).ShouldBe("is truncated: it ends before its part IEND");
        FaultOf((whole with { Rows = [0, 1, 2] }).ToBytes()).ShouldBe("is damaged: it has fewer pixels than 2 × 2");
        FaultOf((whole with { Rows = [5, 1, 2, 0, 3, 4] }).ToBytes()).ShouldBe("is damaged: a row has filter 5, of which there is none");
        FaultOf((whole with { Packed = Encoding.ASCII.GetBytes("not compressed") }).ToBytes()).ShouldBe("is damaged: its compressed pixels are broken");
        FaultOf((whole with { Colours = 3 }).ToBytes()).ShouldStartWith("is damaged: its palette PLTE is missing");
        FaultOf((whole with { Colours = 3, Palette = [1, 1, 1] }).ToBytes()).ShouldBe("is damaged: a pixel has colour 1 of a palette of 1");
        var spoilt = whole.ToBytes();
        spoilt[^17] ^= 1;
        FaultOf(spoilt).ShouldBe("is damaged: the checksum of its part IDAT is wrong");
    }

    // Whatever comes in: a picture, or words for its user.
    [Fact]
    public void EveryOtherFaultIsSaidAsWell()
    {
        var random = new Random(1);
        for (var run = 0; run < 2000; run++)
        {
            var bytes = PngSample.Random(5, 4, 8, 3, run).ToBytes();
            for (var change = 0; change < 1 + (run % 3); change++) bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            if (run % 4 == 0) bytes = bytes[..random.Next(bytes.Length)];
            try
            {
                Read(bytes).Pixels.Length.ShouldBe(20);
            }
            catch (PngException)
            {
            }
        }
    }

    private static GreyImage Read(byte[] file) => PngFile.Read(new MemoryStream(file));

    private static string FaultOf(byte[] file) => Should.Throw<PngException>(() => Read(file)).Message;

    private static IEnumerable<byte> GreysOf(byte[] rgba) => rgba.Chunk(4).Select(pixel =>
        (byte)((((((299 * pixel[0]) + (587 * pixel[1]) + (114 * pixel[2]) + 500) / 1000) * pixel[3]) + 127) / 255));

    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => buffer.Length;

        public override int Read(byte[] buffer, int offset, int count) => count;
    }
}
