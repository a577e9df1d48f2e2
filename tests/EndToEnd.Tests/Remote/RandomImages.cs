using FashionSweep.Shared.Data;
using FashionSweep.Training.Data;

namespace FashionSweep.EndToEnd.Tests.Remote;

/// <summary>Few small images of noise: enough to tell bits from other bits.</summary>
internal static class RandomImages
{
    private const int Pixels = 8 * 8;

    public static TrainingData Data { get; } = new(Draw(200, seed: 1), Draw(100, seed: 2));

    private static ImageSet Draw(int count, int seed)
    {
        var pixels = new byte[count * Pixels];
        new Random(seed).NextBytes(pixels);
        return new ImageSet(pixels, [.. Enumerable.Range(0, count).Select(image => (byte)(image % TrainingData.Classes))]);
    }
}
