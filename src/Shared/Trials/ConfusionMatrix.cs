using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FashionSweep.Shared.Trials;

/// <summary>
/// How many images of each class were taken for which: a row for what they are, a column for what was predicted. Immutable, equal by its counts.
/// </summary>
[JsonConverter(typeof(ConfusionMatrixJson))]
public sealed class ConfusionMatrix : IEquatable<ConfusionMatrix>
{
    private readonly int[][] _rows;

    /// <exception cref="ArgumentException">Not square, or a count is negative.</exception>
    public ConfusionMatrix(IEnumerable<IReadOnlyList<int>> rows)
    {
        _rows = [.. rows.Select(row => row.ToArray())];
        if (_rows.Length == 0 || _rows.Any(row => row.Length != _rows.Length))
            throw new ArgumentException("A confusion matrix has as many columns as rows, and at least one.", nameof(rows));
        if (_rows.Any(row => row.Any(count => count < 0))) throw new ArgumentException("A confusion matrix counts images: no count is negative.", nameof(rows));
    }

    public int Classes => _rows.Length;

    public IReadOnlyList<IReadOnlyList<int>> Rows => _rows;

    public long Images => _rows.Sum(row => row.Sum(count => (long)count));

    public long Correct => _rows.Select((row, label) => (long)row[label]).Sum();

    /// <summary>How well one class is told from the others.</summary>
    public ClassScore Of(int label)
    {
        var found = (double)_rows[label][label];
        var (support, predicted) = (_rows[label].Sum(count => (long)count), _rows.Sum(row => (long)row[label]));
        return new ClassScore(Share(found, predicted), Share(found, support), Share(2 * found, support + predicted), support);
    }

    /// <summary>The means over the classes, each with the same weight; the support is that of all.</summary>
    public ClassScore MacroAverage()
    {
        var all = Enumerable.Range(0, Classes).Select(Of).ToList();
        return new ClassScore(all.Average(score => score.Precision), all.Average(score => score.Recall), all.Average(score => score.F1), Images);
    }

    /// <summary>The most frequent mistakes, the largest first; fewer where fewer were made.</summary>
    public IReadOnlyList<Confusion> Largest(int most) =>
    [
        .. _rows.SelectMany((row, truth) => row.Select((images, predicted) => new Confusion(truth, predicted, images)))
            .Where(confusion => confusion.Truth != confusion.Predicted && confusion.Images > 0)
            .OrderByDescending(confusion => confusion.Images).Take(most),
    ];

    /// <summary>How many images, at the least, another matrix of as many classes has in other places.</summary>
    public int DistanceTo(ConfusionMatrix other)
    {
        var differences = _rows.SelectMany(row => row).Zip(other._rows.SelectMany(row => row), (one, another) => one - another).ToList();
        return Math.Max(differences.Where(difference => difference > 0).Sum(), -differences.Where(difference => difference < 0).Sum());
    }

    public bool Equals(ConfusionMatrix? other) =>
        other is not null && _rows.Length == other._rows.Length && _rows.Zip(other._rows).All(pair => pair.First.SequenceEqual(pair.Second));

    public override bool Equals(object? obj) => Equals(obj as ConfusionMatrix);

    public override int GetHashCode() => _rows.SelectMany(row => row).Aggregate(Classes, HashCode.Combine);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Correct} of {Images} images right");

    // As scikit-learn does: of nothing the share is 0.
    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}

/// <summary>Of a class, or a mean over classes: 0 to 1.</summary>
/// <param name="Precision">Share of the images taken for the class that are of it; 0 where none was.</param>
/// <param name="Recall">Share of the class's images that were taken for it.</param>
/// <param name="F1">The harmonic mean of the two.</param>
/// <param name="Support">How many images are of the class.</param>
public sealed record ClassScore(double Precision, double Recall, double F1, long Support);

/// <summary>Images of one class that were taken for another.</summary>
public sealed record Confusion(int Truth, int Predicted, int Images);

internal sealed class ConfusionMatrixJson : JsonConverter<ConfusionMatrix>
{
    public override ConfusionMatrix Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var rows = JsonSerializer.Deserialize<int[][]>(ref reader, options);
        if (rows is null || rows.Contains(null)) throw new JsonException("Rows of a confusion matrix are missing.");
        try
        {
            return new ConfusionMatrix(rows);
        }
        catch (ArgumentException fault)
        {
            throw new JsonException(fault.Message, fault);
        }
    }

    public override void Write(Utf8JsonWriter writer, ConfusionMatrix value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        // In an indented document each row keeps to one line, so that it reads as a matrix.
        var indent = options.WriteIndented ? "\n" + new string(options.IndentCharacter, writer.CurrentDepth * options.IndentSize) : "";
        foreach (var row in value.Rows)
            writer.WriteRawValue($"{indent}[{string.Join(',', row.Select(count => count.ToString(CultureInfo.InvariantCulture)))}]");
        writer.WriteEndArray();
    }
}
