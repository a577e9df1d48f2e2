using FashionSweep.Shared.Images;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Data;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Evaluation;

/// <summary>What one unit or filter of a model's first layer looks for, as a picture: grey is 0, white its largest weight, black the same below 0.</summary>
/// <param name="Unit">From 0.</param>
/// <param name="Norm">Euclidean, of its weights.</param>
public sealed record FilterImage(int Unit, double Norm, GreyImage Image)
{
    /// <summary>Those of the first layer that learns, the greatest norm first; none where it reads no image.</summary>
    public static IReadOnlyList<FilterImage> Of(RecordedModel model)
    {
        if (FirstOf(model) is not { } first || SizeOf(first.Shape, TrainingData.FashionMnistImage) is not { } size) return [];
        return [.. Enumerable.Range(0, first.Shape[0]).Select(unit => Of(unit, first, size)).OrderByDescending(filter => filter.Norm)];
    }

    // An own model's are in the order of its modules.
    private static NamedTensor? FirstOf(RecordedModel model) => model.Own is not null
        ? model.Weights.FirstOrDefault(tensor => tensor.Shape.Count > 1)
        : model.Plan.Flat.FirstOrDefault(layer => layer.Tensors.Count > 0) is { } first
            ? model.Weights.First(tensor => tensor.Name == first.Tensors[0].Name)
            : null;

    // A convolution has [filters, channels, height, width]; a dense layer that reads the pixels themselves has one weight for each.
    private static (int Width, int Height)? SizeOf(IReadOnlyList<int> shape, TensorShape image) => shape switch
    {
        [_, 1, var height, var width] => (width, height),
        [_, var inputs] when inputs == image.Count && image.Channels == 1 => (image.Width, image.Height),
        _ => null,
    };

    private static FilterImage Of(int unit, NamedTensor weights, (int Width, int Height) size)
    {
        var own = weights.Values.AsSpan(unit * size.Width * size.Height, size.Width * size.Height).ToArray();
        var greatest = own.Max(Math.Abs);
        var pixels = own.Select(weight => (byte)Math.Round(127.5 * (1 + (greatest == 0 ? 0 : weight / greatest))));
        return new FilterImage(unit, Math.Sqrt(own.Sum(weight => (double)weight * weight)), new GreyImage(size.Width, size.Height, [.. pixels]));
    }
}
