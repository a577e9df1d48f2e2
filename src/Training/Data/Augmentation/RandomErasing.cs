using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Data.Augmentation;

/// <summary>Fills a rectangle with random pixels. Zhong, Zheng, Kang, Li, Yang, "Random Erasing Data Augmentation", AAAI 2020, algorithm 1.</summary>
/// <remarks>
/// Departs from it in two points: the aspect's logarithm is uniform, so that lying and standing rectangles are as likely, and an image
/// where ten rectangles do not fit stays as it is, so that the work is bounded.
/// </remarks>
internal static class RandomErasing
{
    private const double LeastArea = 0.02;
    private const double MostArea = 0.33;
    private const double MostAspect = 3.3;
    private const int Tries = 10;

    public static void Erase(Span<byte> image, int side, ref RandomStream numbers)
    {
        for (var left = Tries; left > 0; left--)
        {
            var area = (LeastArea + (numbers.Uniform() * (MostArea - LeastArea))) * side * side;
            var aspect = Math.Exp(((2 * numbers.Uniform()) - 1) * Math.Log(MostAspect));
            var (height, width) = ((int)Math.Round(Math.Sqrt(area * aspect)), (int)Math.Round(Math.Sqrt(area / aspect)));
            if (height < 1 || width < 1 || height >= side || width >= side) continue;
            var (top, start) = ((int)numbers.Below((uint)(side - height + 1)), (int)numbers.Below((uint)(side - width + 1)));
            for (var y = top; y < top + height; y++)
                foreach (ref var pixel in image.Slice((y * side) + start, width)) pixel = (byte)numbers.Next();
            return;
        }
    }
}
