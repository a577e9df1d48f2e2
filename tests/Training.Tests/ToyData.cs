using FashionSweep.Shared.Data;
using FashionSweep.Training.Data;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests;

/// <summary>Small noisy images of ten patterns, which an MLP learns in a few epochs.</summary>
internal static class ToyData
{
    private const int Pixels = 8 * 8;

    public static TrainingData Data { get; } = new(Images(500, 1), Images(200, 2));

    private static ImageSet Images(int count, ulong seed)
    {
        var numbers = new RandomStream(seed, Purpose.Split);
        byte[] labels = [.. Enumerable.Range(0, count).Select(image => (byte)(image % TrainingData.Classes))];
        var pixels = new byte[count * Pixels];
        for (var i = 0; i < pixels.Length; i++)
        {
            var lit = Philox.Block((uint)(i % Pixels), labels[i / Pixels], 0, 0, 0).W0 % 2;
            pixels[i] = (byte)((lit * 80) + numbers.Below(176));
        }
        return new ImageSet(pixels, labels);
    }
}
