using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results.Pictures;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>Chooses images to look at.</summary>
public static class DataSamples
{
    /// <summary>The numbers of different images: of one class, or of each class in turn.</summary>
    public static IReadOnlyList<int> Draw(byte[] labels, int? label, int count, int seed)
    {
        var random = new Random(seed);
        var classes = label is { } one ? [one] : Enumerable.Range(0, FashionMnist.Classes.Count).ToArray();
        var shuffled = classes.Select(wanted =>
        {
            var numbers = Enumerable.Range(0, labels.Length).Where(number => labels[number] == wanted).ToArray();
            random.Shuffle(numbers);
            return numbers;
        }).ToArray();
        return [.. Enumerable.Range(0, count).Select(i => shuffled[i % classes.Length][i / classes.Length])];
    }

    /// <exception cref="InputException">A number is none of theirs.</exception>
    public static IReadOnlyList<int> Known(ImageSet images, string option, IReadOnlyList<int> numbers)
    {
        var unknown = numbers.Where(number => number >= images.Count).ToList();
        return unknown.Count == 0
            ? numbers
            : throw new InputException($"{option}: there is no image {string.Join(", ", unknown)}, only 0 to {images.Count - 1}");
    }

    public static PictureSheet SheetOf(ImageSet images, string part, IReadOnlyList<int> chosen) => new(
        $"Fashion-MNIST: {TerminalText.Count(chosen.Count, $"{part} image")}",
        [.. chosen.Select(number => new Picture(images.Picture(number), Picture.NumberText(number), images.Labels[number]))]);

    /// <summary>A class by its name, whatever the case, or by its number.</summary>
    public static int? ParseClass(string text, Action<string> addError)
    {
        var classes = FashionMnist.Classes;
        var label = Enumerable.Range(0, classes.Count)
            .FirstOrDefault(i => classes[i].Equals(text, StringComparison.OrdinalIgnoreCase) || i.ToString(CultureInfo.InvariantCulture) == text, -1);
        if (label >= 0) return label;
        addError($"--class: \"{text}\" must be one of {string.Join(", ", classes)}");
        return null;
    }
}
