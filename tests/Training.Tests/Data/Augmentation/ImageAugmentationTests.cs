using FashionSweep.Training.Data.Augmentation;
using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Data.Augmentation;

public sealed class ImageAugmentationTests
{
    private const int Side = 6;

    private static readonly byte[] Image = [.. Enumerable.Range(1, Side * Side).Select(pixel => (byte)pixel)];

    [Fact]
    public void AFlipExchangesLeftAndRight()
    {
        var flipped = Change(AugmentationConfig.Off with { Flip = 1 });

        for (var y = 0; y < Side; y++) flipped[(y * Side)..((y + 1) * Side)].ShouldBe(Image[(y * Side)..((y + 1) * Side)].Reverse());
    }

    [Fact]
    public void AShiftMovesEveryPixelAlikeAndLetsBlackIn()
    {
        var seen = new HashSet<(int, int)>();
        for (var step = 0; step < 300; step++)
        {
            var shifted = Change(AugmentationConfig.Off with { Shift = 2 }, step);
            var first = shifted.Index().First(pixel => pixel.Item > 0);
            var (down, right) = ((first.Index / Side) - ((first.Item - 1) / Side), (first.Index % Side) - ((first.Item - 1) % Side));
            seen.Add((down, right));
            for (var y = 0; y < Side; y++)
                for (var x = 0; x < Side; x++)
                {
                    var (row, column) = (y - down, x - right);
                    var inside = row is >= 0 and < Side && column is >= 0 and < Side;
                    shifted[(y * Side) + x].ShouldBe(inside ? Image[(row * Side) + column] : (byte)0);
                }
        }
        seen.Count.ShouldBe(25);
    }

    [Fact]
    public void ErasingTouchesOneRectangle()
    {
        var touched = 0;
        for (var step = 0; step < 200; step++)
        {
            var image = new byte[28 * 28];
            var numbers = new RandomStream(3, Purpose.Augmentation, step: step);
            RandomErasing.Erase(image, 28, ref numbers);
            int[] changed = [.. image.Index().Where(pixel => pixel.Item > 0).Select(pixel => pixel.Index)];
            if (changed.Length == 0) continue;
            var (rows, columns) = (changed.Select(pixel => pixel / 28).ToList(), changed.Select(pixel => pixel % 28).ToList());
            var area = (rows.Max() - rows.Min() + 1) * (columns.Max() - columns.Min() + 1);
            // One random pixel in 256 is black.
            changed.Length.ShouldBeGreaterThan((int)(area * 0.9) - 2);
            (area / 784.0).ShouldBeLessThan(0.4);
            touched++;
        }
        touched.ShouldBeGreaterThan(190);
    }

    [Fact]
    public void TheSamePlaceInATrialGivesTheSameImage()
    {
        var everything = new AugmentationConfig(Flip: 0.5, Shift: 2, Rotation: 20, Erasing: 0.5, Mixup: 0);

        Change(everything, step: 7).ShouldBe(Change(everything, step: 7));
        Change(everything, step: 7).ShouldNotBe(Change(everything, step: 8));
    }

    private static byte[] Change(AugmentationConfig config, int step = 1) =>
        new ImageAugmentation(config, new TensorShape(1, Side, Side)).Change(Image, new RandomStream(1, Purpose.Augmentation, layer: 0, epoch: 1, step)).ToArray();
}
