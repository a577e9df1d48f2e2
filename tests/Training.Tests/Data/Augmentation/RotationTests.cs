using FashionSweep.Training.Data.Augmentation;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Data.Augmentation;

public sealed class RotationTests
{
    private const int Side = 6;

    private static readonly byte[] Image = [.. Enumerable.Range(1, Side * Side).Select(pixel => (byte)pixel)];

    [Fact]
    public void AQuarterTurnMovesEveryPixelExactly()
    {
        var turned = Turn(Image, Side, 90);

        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++) turned[(y * Side) + x].ShouldBe(Image[(x * Side) + (Side - 1 - y)]);
    }

    [Fact]
    public void AHalfTurnReversesThePixels() => Turn(Image, Side, 180).ShouldBe(Image.Reverse());

    [Fact]
    public void NoTurnChangesNothing() => Turn(Image, Side, 0).ShouldBe(Image);

    /// <summary>Sides below, at and above whole vectors, one turn after the other in the same memory.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(17)]
    [InlineData(28)]
    public void EachPixelIsTheMeanOfTheFourThatItCameFrom(int side)
    {
        var rotation = new Rotation(side);
        var numbers = new RandomStream(4, Purpose.Split);
        var (image, turned) = (new byte[side * side], new byte[side * side]);
        for (var turn = 0; turn < 100; turn++)
        {
            foreach (ref var pixel in image.AsSpan()) pixel = (byte)numbers.Next();
            var degrees = numbers.Symmetric(180);

            rotation.Turn(image, turned, degrees);

            // A half may be rounded either way in single precision.
            for (var i = 0; i < turned.Length; i++) ((double)turned[i]).ShouldBe(Exact(image, side, i % side, i / side, degrees), 0.51);
        }
    }

    private static byte[] Turn(byte[] image, int side, double degrees)
    {
        var turned = new byte[image.Length];
        new Rotation(side).Turn(image, turned, degrees);
        return turned;
    }

    private static double Exact(byte[] image, int side, int x, int y, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var middle = (side - 1) / 2.0;
        var (fromX, fromY) = (middle + (cos * (x - middle)) - (sin * (y - middle)), middle + (sin * (x - middle)) + (cos * (y - middle)));
        var mean = 0.0;
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
                mean += image[(row * side) + column] * Math.Max(0, 1 - Math.Abs(fromX - column)) * Math.Max(0, 1 - Math.Abs(fromY - row));
        return mean;
    }
}
