using FashionSweep.Shared.Data;
using FashionSweep.Training.Data;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Tests.Data;

public sealed class BatchTests
{
    // 37 pixels: two vectors and a remainder.
    private static readonly ImageSet Images = new([.. Enumerable.Range(0, 37 * 7).Select(i => (byte)i)], [0, 1, 2, 3, 4, 5, 6]);

    [Fact]
    public void PixelsAreScaledToTheUnitInterval()
    {
        using var buffers = new NativeBuffers();
        var input = buffers.Allocate(8, 37);

        new Batch(input).Load(Images, [0, 1, 2, 3, 4, 5, 6]);

        for (var row = 0; row < 7; row++)
            for (var pixel = 0; pixel < 37; pixel++)
                input.Row(row)[pixel].ShouldBe(Images.Pixels[(row * 37) + pixel] / 255f, 1e-7f);
        input.Row(6)[33].ShouldBe(1);
        input.Row(0)[37..].ToArray().ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void ImagesComeInTheOrderAskedForWithTheirLabels()
    {
        using var buffers = new NativeBuffers();
        var input = buffers.Allocate(8, 37);

        new Batch(input).Load(Images, [5, 0, 5]).ToArray().ShouldBe(new byte[] { 5, 0, 5 });

        input.Row(0).SequenceEqual(input.Row(2)).ShouldBeTrue();
        input.Row(0).SequenceEqual(input.Row(1)).ShouldBeFalse();
    }
}
