using System.Globalization;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Images;

namespace FashionSweep.Coordinator.Results.Pictures;

/// <summary>Images to look at, each with what is known of it: the terminal, HTML and PNG show the same.</summary>
public sealed record PictureSheet(string Title, IReadOnlyList<Picture> Pictures);

/// <summary>One of them.</summary>
/// <param name="Name">As <c>#6565</c>, its number in its file, or the name of a file of its own.</param>
/// <param name="Truth">The label of its class; null where nobody knows it.</param>
/// <param name="Probabilities">What a model says of each class; null where none was asked.</param>
public sealed record Picture(GreyImage Image, string Name, int? Truth, IReadOnlyList<double>? Probabilities = null)
{
    public string? TrueClass => Truth is { } label ? FashionMnist.Classes[label] : null;

    /// <summary>The label of the most probable class, the first of equal ones.</summary>
    public int? Predicted => Probabilities?.Index().MaxBy(pair => pair.Item).Index;

    public string? PredictedClass => Predicted is { } label ? FashionMnist.Classes[label] : null;

    /// <summary>Null where the class or the model is missing.</summary>
    public bool? IsRight => Truth is null || Predicted is null ? null : Truth == Predicted;

    /// <summary>As <c>taken for Sneaker, 0.93</c>; empty without a model.</summary>
    public string Verdict => Predicted is { } label
        ? string.Create(CultureInfo.InvariantCulture, $"{(IsRight == true ? "right" : $"taken for {PredictedClass}")}, {Probabilities![label]:0.00}")
        : "";

    public static string NumberText(int number) => string.Create(CultureInfo.InvariantCulture, $"#{number}");
}
