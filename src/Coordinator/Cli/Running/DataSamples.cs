using System.Globalization;
using FashionSweep.Shared.Data;

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
