namespace FashionSweep.Training.Data.Augmentation;

/// <summary>Turns an image about its middle.</summary>
internal static class Rotation
{
    /// <summary>Each pixel becomes the mean of the four that it came from the middle of, by how near they are; from outside comes black.</summary>
    /// <param name="degrees">Against the clock.</param>
    public static void Turn(ReadOnlySpan<byte> from, Span<byte> to, int side, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var (sine, cosine) = ((float)sin, (float)cos);
        var middle = (side - 1) / 2f;
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
            {
                var (right, below) = (x - middle, y - middle);
                to[(y * side) + x] = Between(from, side, middle + (cosine * right) - (sine * below), middle + (sine * right) + (cosine * below));
            }
    }

    private static byte Between(ReadOnlySpan<byte> image, int side, float x, float y)
    {
        var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (right, below) = (x - left, y - top);
        var upper = (Pixel(image, side, left, top) * (1 - right)) + (Pixel(image, side, left + 1, top) * right);
        var lower = (Pixel(image, side, left, top + 1) * (1 - right)) + (Pixel(image, side, left + 1, top + 1) * right);
        return (byte)((upper * (1 - below)) + (lower * below) + 0.5f);
    }

    private static float Pixel(ReadOnlySpan<byte> image, int side, int x, int y) => (uint)x < (uint)side && (uint)y < (uint)side ? image[(y * side) + x] : 0;
}
