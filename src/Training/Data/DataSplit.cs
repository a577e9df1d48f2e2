using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Data;

/// <summary>Which images of the training set are trained on and which are held out for validation.</summary>
internal sealed record DataSplit(int[] Training, int[] Validation)
{
    /// <summary>Each image is in exactly one part, and each part has at least one.</summary>
    public static DataSplit Of(int count, double validationFraction, ulong seed)
    {
        var images = Enumerable.Range(0, count).ToArray();
        new RandomStream(seed, Purpose.Split).Shuffle(images);
        var held = HeldOut(count, validationFraction);
        return new DataSplit(Sorted(images[held..]), Sorted(images[..held]));
    }

    /// <summary>How many of the images are for validation.</summary>
    public static int HeldOut(int count, double validationFraction) =>
        Math.Clamp((int)Math.Round(count * validationFraction, MidpointRounding.AwayFromZero), 1, count - 1);

    // Sorted, so that scoring reads the images in the order in which they lie.
    private static int[] Sorted(int[] images)
    {
        Array.Sort(images);
        return images;
    }
}
