using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Evaluation;

/// <summary>What the values of one tensor are like.</summary>
/// <param name="Layer">As in the model's plan, as <c>dense 1</c>; of a user's own model the module that has the tensor.</param>
/// <param name="Tensor">As in PyTorch, as <c>layers.0.weight</c>.</param>
/// <param name="Deviation">Standard deviation.</param>
/// <param name="Zeros">Share of the values that are 0, 0 to 1.</param>
/// <param name="Norm">Euclidean.</param>
/// <param name="Moved">Norm of what training has added to its first values, which its seed draws again; null where it began with others.</param>
/// <param name="Histogram">How many values lie in each of 20 ranges of equal width, from the least to the greatest.</param>
public sealed record TensorSummary(
    string Layer, string Tensor, IReadOnlyList<int> Shape, double Mean, double Deviation, double Minimum, double Maximum, double Zeros, double Norm,
    double? Moved, IReadOnlyList<int> Histogram)
{
    private const int Ranges = 20;

    /// <summary>Of all of a model's tensors, in the order of its layers.</summary>
    public static IReadOnlyList<TensorSummary> Of(RecordedModel model)
    {
        if (model.Own is not null) return [.. model.Weights.Where(tensor => tensor.Values.Length > 0).Select(tensor => Of(ModuleOf(tensor.Name), tensor))];
        var (plan, values) = (model.Plan, model.Weights.ToDictionary(tensor => tensor.Name));
        var first = model.Config.Model.StartFrom is null
            ? FirstWeights.Draw(plan, model.Config.Model.Initialization, model.Config.Seed).ToDictionary(tensor => tensor.Name)
            : [];
        return [.. plan.Flat.SelectMany(layer => layer.Tensors, (layer, tensor) => Of(layer.Name, values[tensor.Name], first.GetValueOrDefault(tensor.Name)))];
    }

    /// <param name="first">With its first values; null where they are not known.</param>
    public static TensorSummary Of(string layer, NamedTensor tensor, NamedTensor? first = null)
    {
        var values = tensor.Values;
        var (mean, squares) = (values.Average(value => (double)value), values.Sum(value => (double)value * value));
        var (least, greatest) = ((double)values.Min(), (double)values.Max());
        var histogram = new int[Ranges];
        foreach (var value in values) histogram[RangeOf(value, least, greatest)]++;
        return new TensorSummary(
            layer, tensor.Name, tensor.Shape, mean, Math.Sqrt(Math.Max(0, (squares / values.Length) - (mean * mean))), least, greatest,
            (double)values.Count(value => value == 0) / values.Length, Math.Sqrt(squares),
            first is null ? null : DistanceOf(values, first.Values), histogram);
    }

    private static double DistanceOf(float[] values, float[] others) =>
        Math.Sqrt(values.Zip(others, (value, other) => ((double)value - other) * ((double)value - other)).Sum());

    private static string ModuleOf(string tensor) => tensor.LastIndexOf('.') is var dot and > 0 ? tensor[..dot] : "";

    private static int RangeOf(double value, double least, double greatest) =>
        greatest > least ? Math.Min(Ranges - 1, (int)((value - least) / (greatest - least) * Ranges)) : 0;
}
