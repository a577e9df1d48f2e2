using FashionSweep.Shared.Data;

namespace FashionSweep.Shared.Tests.Data;

public sealed class ClassImagesTests
{
    [Fact]
    public void AClassHasItsMeanAndWhereItsImagesDiffer()
    {
        byte[] pixels = [.. Image(0), .. Image(255), .. Image(40)];

        var classes = ClassImages.Of(new ImageSet(pixels, [1, 1, 9]));

        classes.Select(one => one.Label).ShouldBe([1, 9]);
        (classes[0].Mean.Pixels[5], classes[0].Deviation.Pixels[5]).ShouldBe(((byte)128, (byte)255));
        (classes[1].Mean.Pixels[5], classes[1].Deviation.Pixels[5]).ShouldBe(((byte)40, (byte)0));
        classes[0].PixelMean.ShouldBe(0.5, 1e-12);
        classes[0].PixelDeviation.ShouldBe(0.5, 1e-12);
    }

    private static IEnumerable<byte> Image(byte pixel) => Enumerable.Repeat(pixel, ImageSet.PixelsPerImage);
}
