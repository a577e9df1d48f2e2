using FashionSweep.Shared.Images;
using FashionSweep.Training.Checkpoints;
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
        if (model.Plan.Flat.FirstOrDefault(layer => layer.Tensors.Count > 0) is not { } first || SizeOf(first, model.Plan.Input) is not { } size) return [];
        var weights = model.Weights.First(tensor => tensor.Name == first.Tensors[0].Name);
        return [.. Enumerable.Range(0, first.Tensors[0].Outputs).Select(unit => Of(unit, weights, size)).OrderByDescending(filter => filter.Norm)];
    }

    // A dense layer that reads the pixels themselves has one weight for each.
    private static (int Width, int Height)? SizeOf(PlannedLayer layer, TensorShape image) => layer.Spec switch
    {
        LayerSpec.Conv conv when layer.Input.Channels == 1 => (conv.Kernel, conv.Kernel),
        LayerSpec.Dense when layer.Input.Count == image.Count && image.Channels == 1 => (image.Width, image.Height),
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
